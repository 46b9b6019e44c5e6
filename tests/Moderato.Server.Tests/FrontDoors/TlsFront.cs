using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Moderato.Server.Tests.FrontDoors;

/// <summary>Speaks TLS under somebody else's host name, with a certificate of its own, and passes all bytes on to a server on loopback.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly X509Certificate2 certificate;
    private readonly int behind;
    private readonly Task accepting;

    public TlsFront(string host, int behind, DateTimeOffset now)
    {
        this.behind = behind;
        certificate = Certificate(host, now);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string CertificatePem => certificate.ExportCertificatePem();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        certificate.Dispose();
        stopping.Dispose();
    }

    private static X509Certificate2 Certificate(string host, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PassOnAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassOnAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            await using var outside = new SslStream(client.GetStream());
            await outside.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stopping.Token);
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, behind, stopping.Token);
            await Task.WhenAny(outside.CopyToAsync(server.GetStream(), stopping.Token), server.GetStream().CopyToAsync(outside, stopping.Token));
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException)
        {
        }
    }
}
