// How many certificates Go reads of each file into a CertPool.
package main

import (
	"crypto/x509"
	"fmt"
	"os"
)

func main() {
	for _, path := range os.Args[1:] {
		text, _ := os.ReadFile(path)
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(text)
		fmt.Println(len(pool.Subjects()))
	}
}
