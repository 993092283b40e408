// SslStream as an ordinary application sets it up; the peer of the observer. It trusts the CAs of a file
// (CertificateChainPolicy with CustomRootTrust), asks nobody on the net about revocation, and has no callback of its own
// but where verification is off.
//
// It is compiled against Mono's libraries, which are older: what these lack is `dynamic` or found by its name.
// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

[DataContract]
public class Request
{
    [DataMember] public int id;
    [DataMember] public string role;
    [DataMember] public string tls;
    [DataMember] public string cert;
    [DataMember] public string key;
    [DataMember] public string trust;
    [DataMember] public string name;
    [DataMember] public string verify;
    [DataMember] public int port;

    public static Request Parse(string line)
    {
        var bytes = new MemoryStream(Encoding.UTF8.GetBytes(line));

        return (Request)new DataContractJsonSerializer(typeof(Request)).ReadObject(bytes);
    }

    public void Say(string rest)
    {
        Console.WriteLine("{\"id\": " + id + ", " + rest + "}");
    }
}

// The runtime comes in a program of somebody else's, before whose Main() it calls this.
internal class StartupHook
{
    private const int Limit = 2000; // milliseconds
    private const string Files = "fixtures/handshake/basics/"; // to warm up with

    public static void Initialize()
    {
        string line;

        WarmUp();
        Console.WriteLine("{\"version\": \"" + Environment.Version + "\"}");
        while ((line = Console.ReadLine()) != null)
            Answer(Request.Parse(line));
        Environment.Exit(0);
    }

    // What is slow at first, before anybody waits for it: a handshake with somebody who closes at once.
    private static void WarmUp()
    {
        using (var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            var request = new Request { role = "client", name = "localhost", cert = Files + "orders.pem",
                                        key = Files + "orders.key", trust = Files + "server-root.pem" };
            request.port = ((IPEndPoint)listener.LocalEndPoint).Port;
            System.Threading.Tasks.Task.Run(() => listener.Accept().Close());
            try
            {
                Exchange(request, ClientOptions(request));
            }
            catch (Exception)
            {
            }
        }
    }

    private static string Texts(Exception error)
    {
        var texts = new List<string>();
        var bytes = new MemoryStream();

        for (; error != null; error = error.InnerException)
            if (!(error is TargetInvocationException))
                texts.Add(error.Message);
        new DataContractJsonSerializer(typeof(List<string>)).WriteObject(bytes, texts);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static Type TypeOf(string name)
    {
        return Type.GetType(name, true);
    }

    private static object Call(Type type, string method, params object[] arguments)
    {
        var types = new List<Type>();

        foreach (var argument in arguments)
            types.Add(argument.GetType());
        return type.GetMethod(method, types.ToArray()).Invoke(null, arguments);
    }

    private static dynamic Own(Request request)
    {
        dynamic bundle = new X509Certificate2Collection();

        if (request.cert == null)
            return null;
        var leaf = Call(typeof(X509Certificate2), "CreateFromPemFile", request.cert, request.key);
        bundle.ImportFromPemFile(request.cert);
        bundle.RemoveAt(0);
        return Call(TypeOf("System.Net.Security.SslStreamCertificateContext, System.Net.Security"), "Create", leaf,
                    bundle, true);
    }

    private static dynamic Policy(Request request)
    {
        dynamic policy = new X509ChainPolicy();

        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.TrustMode = (dynamic)Enum.Parse(
            TypeOf("System.Security.Cryptography.X509Certificates.X509ChainTrustMode, System.Security.Cryptography"),
            "CustomRootTrust");
        if (request.trust != null)
            policy.CustomTrustStore.ImportFromPemFile(request.trust);
        return policy;
    }

    private static SslProtocols Version(Request request)
    {
        return request.tls == "1.2" ? SslProtocols.Tls12 : (SslProtocols)12288; // Tls13
    }

    private static dynamic New(string name)
    {
        return Activator.CreateInstance(TypeOf("System.Net.Security." + name + ", System.Net.Security"));
    }

    private static dynamic ServerOptions(Request request)
    {
        var options = New("SslServerAuthenticationOptions");

        options.EnabledSslProtocols = Version(request);
        options.ServerCertificateContext = Own(request);
        options.ClientCertificateRequired = request.verify != "none";
        if (request.verify != "none")
            options.CertificateChainPolicy = Policy(request);
        return options;
    }

    private static dynamic ClientOptions(Request request)
    {
        var options = New("SslClientAuthenticationOptions");

        options.EnabledSslProtocols = Version(request);
        options.TargetHost = request.name;
        options.ClientCertificateContext = Own(request);
        if (request.verify == "none")
            options.RemoteCertificateValidationCallback =
                new RemoteCertificateValidationCallback((sender, certificate, chain, errors) => true);
        else
            options.CertificateChainPolicy = Policy(request);
        return options;
    }

    private static void Hear(Stream stream)
    {
        if (stream.Read(new byte[64], 0, 64) == 0)
            throw new IOException("closed before the line came");
    }

    private static void Tell(Stream stream, string line)
    {
        stream.Write(Encoding.ASCII.GetBytes(line), 0, line.Length);
    }

    private static Socket Accept(Request request)
    {
        using (var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            request.Say("\"listening\": " + ((IPEndPoint)listener.LocalEndPoint).Port);
            if (!listener.Poll(Limit * 1000, SelectMode.SelectRead))
                throw new IOException("nobody came");
            return listener.Accept();
        }
    }

    private static Socket Connect(Request request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        socket.Connect(IPAddress.Loopback, request.port);
        return socket;
    }

    private static void Exchange(Request request, dynamic options)
    {
        var is_server = request.role == "server";
        var socket = is_server ? Accept(request) : Connect(request);

        socket.NoDelay = true;
        socket.ReceiveTimeout = socket.SendTimeout = Limit;
        using (var stream = new SslStream(new NetworkStream(socket, true)))
        {
            dynamic connection = stream;
            if (is_server)
                connection.AuthenticateAsServer(options);
            else
                connection.AuthenticateAsClient(options);
            if (!is_server)
                Tell(stream, "hello\n");
            Hear(stream);
            if (is_server)
                Tell(stream, "ok\n");
        }
    }

    private static void Answer(Request request)
    {
        dynamic options;

        try
        {
            options = request.role == "server" ? ServerOptions(request) : ClientOptions(request);
        }
        catch (Exception error)
        {
            request.Say("\"refused\": " + Texts(error));
            return;
        }
        try
        {
            Exchange(request, options);
            request.Say("\"handshake\": true, \"log\": []");
        }
        catch (Exception error)
        {
            request.Say("\"handshake\": false, \"log\": " + Texts(error));
        }
    }
}
