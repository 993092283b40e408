// Go's crypto/tls as an ordinary application sets it up; the peer of the observer.
// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"time"
)

const limit = 2 * time.Second

type request struct {
	ID     int     `json:"id"`
	Role   string  `json:"role"`
	TLS    string  `json:"tls"`
	Cert   *string `json:"cert"`
	Key    *string `json:"key"`
	Trust  *string `json:"trust"`
	Name   *string `json:"name"`
	Verify string  `json:"verify"`
	Port   int     `json:"port"`
}

func say(line map[string]any) {
	text, _ := json.Marshal(line)
	fmt.Println(string(text))
}

func configure(r *request) (*tls.Config, error) {
	version := map[string]uint16{"1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}[r.TLS]
	config := &tls.Config{MinVersion: version, MaxVersion: version}
	if r.Cert != nil && r.Key != nil {
		pair, err := tls.LoadX509KeyPair(*r.Cert, *r.Key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	var pool *x509.CertPool
	if r.Trust != nil {
		text, err := os.ReadFile(*r.Trust)
		if err != nil {
			return nil, err
		}
		pool = x509.NewCertPool()
		if !pool.AppendCertsFromPEM(text) {
			return nil, errors.New("no certificate could be loaded from the file of CAs")
		}
	}
	if r.Role == "client" {
		config.RootCAs = pool
		config.InsecureSkipVerify = r.Verify == "none"
		if r.Name != nil {
			config.ServerName = *r.Name
		}
		return config, nil
	}
	config.ClientCAs = pool
	config.ClientAuth = map[string]tls.ClientAuthType{
		"required": tls.RequireAndVerifyClientCert,
		"optional": tls.VerifyClientCertIfGiven,
		"none":     tls.NoClientCert,
	}[r.Verify]
	return config, nil
}

func open(r *request) (net.Conn, error) {
	if r.Role == "client" {
		return net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", r.Port), limit)
	}
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, err
	}
	defer listener.Close()
	say(map[string]any{"id": r.ID, "listening": listener.Addr().(*net.TCPAddr).Port})
	listener.SetDeadline(time.Now().Add(limit))
	return listener.Accept()
}

func exchange(r *request, config *tls.Config) error {
	plain, err := open(r)
	if err != nil {
		return err
	}
	defer plain.Close()
	plain.SetDeadline(time.Now().Add(limit))
	var conn *tls.Conn
	if r.Role == "client" {
		conn = tls.Client(plain, config)
	} else {
		conn = tls.Server(plain, config)
	}
	if err := conn.Handshake(); err != nil {
		return err
	}
	if r.Role == "client" {
		if _, err := conn.Write([]byte("hello\n")); err != nil {
			return err
		}
	}
	if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil {
		return err
	}
	if r.Role == "server" {
		if _, err := conn.Write([]byte("ok\n")); err != nil {
			return err
		}
	}
	return conn.Close()
}

func main() {
	say(map[string]any{"version": runtime.Version()})
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		var r request
		if err := json.Unmarshal(input.Bytes(), &r); err != nil {
			panic(err)
		}
		config, err := configure(&r)
		if err != nil {
			say(map[string]any{"id": r.ID, "refused": []string{err.Error()}})
			continue
		}
		log := []string{}
		err = exchange(&r, config)
		if err != nil {
			log = append(log, err.Error())
		}
		say(map[string]any{"id": r.ID, "handshake": err == nil, "log": log})
	}
}
