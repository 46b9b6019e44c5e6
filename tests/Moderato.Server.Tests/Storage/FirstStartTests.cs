using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Storage;

public sealed class FirstStartTests
{
    [Fact]
    public async Task The_first_start_makes_a_folder_and_a_key_file_that_only_their_owner_reads()
    {
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite, with: settings => settings with { Data = Path.Combine(settings.Data, "inner") });
        string folder = Path.Combine(server.Folder, "inner");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "admin.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Matches("^mod_[A-Za-z0-9_-]{32}$", server.AdminKey);
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_second_start_makes_no_second_key_and_keeps_the_release(StoreKind kind)
    {
        var server = await RunningServer.StartAsync(kind);
        string key = server.AdminKey;
        server = await server.RestartAsync();
        await using var _ = server;
        Assert.Equal(key, server.AdminKey);
        await server.Client.PostJson("/v1/decisions", """{"content": {"text": "hello"}}""").Body();
    }

    [Fact]
    public async Task An_embedded_store_that_a_server_has_open_is_refused_to_another_one()
    {
        string folder = Directory.CreateTempSubdirectory("moderato-two-").FullName;
        using (await ServerProcess.StartAsync(folder))
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "moderato.dll"), "serve", "--data", folder, "--urls", "http://127.0.0.1:0"])
            {
                RedirectStandardError = true,
            };
            start.Environment.Remove("MODERATO_DATA");
            start.Environment.Remove("MODERATO_STORAGE");
            using var second = Process.Start(start)!;
            string said = await second.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await second.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(2, second.ExitCode);
            Assert.Contains("another moderato server has it open", said, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task With_a_certificate_it_is_served_over_TLS()
    {
        string folder = Directory.CreateTempSubdirectory("moderato-tls-").FullName;
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
            using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
            await File.WriteAllTextAsync(Path.Combine(folder, "cert.pem"), made.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        }

        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite, with: settings => settings with
        {
            Urls = ["https://127.0.0.1:0"],
            Certificate = Path.Combine(folder, "cert.pem"),
            CertificateKey = Path.Combine(folder, "key.pem"),
        });
        using var trusting = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var client = new HttpClient(trusting) { BaseAddress = new(server.App.Urls.First()) };
        using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Directory.Delete(folder, recursive: true);
    }
}
