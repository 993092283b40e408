// JSSE as an ordinary application sets it up; the peer of the observer.
// SPDX-License-Identifier: Apache-2.0
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.security.spec.*;
import java.util.*;
import java.util.regex.*;
import javax.net.ssl.*;

public final class Driver {
    private static final int LIMIT = 2000;
    private static final char[] NONE = new char[0];

    // A request is one flat object; its values are numbers, null, or strings without escapes.
    private static Map<String, String> parse(String line) {
        Map<String, String> fields = new HashMap<>();
        Matcher m = Pattern.compile("\"(\\w+)\": ?(?:\"([^\"]*)\"|(\\d+)|null)").matcher(line);
        while (m.find())
            fields.put(m.group(1), m.group(2) != null ? m.group(2) : m.group(3));
        return fields;
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\')
                out.append('\\').append(c);
            else if (c < ' ' || c > '~')
                out.append(String.format("\\u%04x", (int) c));
            else
                out.append(c);
        }
        return out.append('"').toString();
    }

    private static void say(String id, String rest) {
        System.out.println("{\"id\":" + id + "," + rest + "}");
        System.out.flush();
    }

    // An exception and its causes, as a log shows them.
    private static String words(Throwable error) {
        StringJoiner list = new StringJoiner(",", "[", "]");
        for (; error != null; error = error.getCause())
            list.add(quote(error.toString()));
        return list.toString();
    }

    private static Collection<? extends Certificate> certificates(String path) throws Exception {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static PrivateKey key(String path) throws Exception {
        String text = Files.readString(Path.of(path));
        Matcher m = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END").matcher(text);
        if (!m.find())
            throw new InvalidKeySpecException("not a PKCS#8 key in PEM");
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(m.group(1)));
        InvalidKeySpecException last = null;
        for (String algorithm : List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException error) {
                last = error;
            }
        }
        throw last;
    }

    private static KeyManager[] own(Map<String, String> request) throws Exception {
        if (request.get("cert") == null || request.get("key") == null)
            return null;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = certificates(request.get("cert")).toArray(new Certificate[0]);
        store.setKeyEntry("own", key(request.get("key")), NONE, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NONE);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(Map<String, String> request) throws Exception {
        if (request.get("role").equals("client") && request.get("verify").equals("none"))
            return new TrustManager[] {new Everybody()};
        if (request.get("trust") == null)
            return null;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(request.get("trust")))
            store.setCertificateEntry("ca" + number++, certificate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        if (request.get("crl") == null) {
            factory.init(store);
            return factory.getTrustManagers();
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
        try (InputStream in = Files.newInputStream(Path.of(request.get("crl")))) {
            Collection<? extends CRL> crls = CertificateFactory.getInstance("X.509").generateCRLs(in);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(crls)));
        }
        parameters.setRevocationEnabled(true);
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }

    private static final class Everybody extends X509ExtendedTrustManager {
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
        public void checkClientTrusted(X509Certificate[] chain, String type) {}
        public void checkServerTrusted(X509Certificate[] chain, String type) {}
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static SSLSocket open(Map<String, String> request, SSLContext context) throws Exception {
        SSLSocketFactory factory = context.getSocketFactory();
        String name = request.get("name");
        SSLSocket socket;
        if (request.get("role").equals("client")) {
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(request.get("port")));
            plain.setSoTimeout(LIMIT);
            socket = (SSLSocket) factory.createSocket(plain, name, plain.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            if (name != null && request.get("verify").equals("required"))
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        } else {
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                listener.setSoTimeout(LIMIT);
                say(request.get("id"), "\"listening\":" + listener.getLocalPort());
                socket = (SSLSocket) factory.createSocket(listener.accept(), null, true);
            }
            socket.setUseClientMode(false);
            if (request.get("verify").equals("required"))
                socket.setNeedClientAuth(true);
            if (request.get("verify").equals("optional"))
                socket.setWantClientAuth(true);
        }
        socket.setSoTimeout(LIMIT);
        socket.setEnabledProtocols(new String[] {"TLSv" + request.get("tls")});
        return socket;
    }

    private static void exchange(Map<String, String> request, SSLContext context) throws Exception {
        try (SSLSocket socket = open(request, context)) {
            socket.startHandshake();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            if (request.get("role").equals("client"))
                out.write("hello\n".getBytes());
            if (in.readLine() == null)
                throw new EOFException("closed before the line came");
            if (request.get("role").equals("server"))
                out.write("ok\n".getBytes());
        }
    }

    public static void main(String[] arguments) throws Exception {
        SSLContext.getDefault().createSSLEngine(); // loads what the first handshake would have to wait for
        System.out.println("{\"version\":" + quote(System.getProperty("java.version")) + "}");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            Map<String, String> request = parse(line);
            SSLContext context;
            try {
                context = SSLContext.getInstance("TLS");
                context.init(own(request), trust(request), null);
            } catch (Exception error) {
                say(request.get("id"), "\"refused\":" + words(error));
                continue;
            }
            try {
                exchange(request, context);
                say(request.get("id"), "\"handshake\":true,\"log\":[]");
            } catch (Exception error) {
                say(request.get("id"), "\"handshake\":false,\"log\":" + words(error));
            }
        }
    }
}
