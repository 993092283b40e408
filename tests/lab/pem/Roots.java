// How many certificates Java reads of each file; 0 if it refuses the file.
import java.io.FileInputStream;
import java.security.cert.CertificateFactory;

public class Roots {
    public static void main(String[] paths) {
        for (String path : paths) {
            int count = 0;
            try (FileInputStream in = new FileInputStream(path)) {
                count = CertificateFactory.getInstance("X.509").generateCertificates(in).size();
            } catch (Exception refused) {
                count = 0;
            }
            System.out.println(count);
        }
    }
}
