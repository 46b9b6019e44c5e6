using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.FrontDoors;

/// <summary>Clients that were written for Perspective, unmodified.</summary>
public sealed class PerspectiveClientTests
{
    private const string Host = "commentanalyzer.googleapis.com";
    private const string Text = "What a stupid thing to say, you idiot. Have a nice day.";

    [Fact]
    public async Task Googles_client_built_from_the_discovery_document_gets_what_it_expects()
    {
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite);
        var got = await NodeClient.RunAsync("googleapis.mjs", new Dictionary<string, string>
        {
            ["MODERATO_URL"] = server.App.Urls.First(),
            ["MODERATO_KEY"] = server.AdminKey,
            ["TEXT"] = Text,
        });

        var analyzed = got.GetProperty("analyzed");
        Assert.Equal("token-1", analyzed.Text("clientToken"));
        var toxicity = analyzed.GetProperty("attributeScores").GetProperty("TOXICITY");
        Assert.Equal("PROBABILITY", toxicity.GetProperty("summaryScore").Text("type"));
        var spans = toxicity.GetProperty("spanScores");
        Assert.Equal((0, 38, 39, 55), (
            spans[0].GetProperty("begin").GetInt32(), spans[0].GetProperty("end").GetInt32(),
            spans[1].GetProperty("begin").GetInt32(), spans[1].GetProperty("end").GetInt32()));
        Assert.True(spans[0].GetProperty("score").GetProperty("value").GetDouble() > spans[1].GetProperty("score").GetProperty("value").GetDouble());
        Assert.Empty(got.GetProperty("detected").GetProperty("attributeScores").EnumerateObject());
        Assert.Equal("en", got.GetProperty("detected").GetProperty("detectedLanguages")[0].GetString());
        Assert.Equal("token-2", got.GetProperty("suggested").Text("clientToken"));
        Assert.Equal("Attribute SEVERE_TOXICITY does not support request languages: en", ErrorOf("unavailable").Text("message"));
        Assert.Equal("LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE", ErrorOf("language").GetProperty("details")[0].Text("errorType"));
        Assert.Equal("Unknown requested attribute: KINDNESS", ErrorOf("unknown").Text("message"));
        Assert.Equal("UNAUTHENTICATED", ErrorOf("keyless").Text("status"));

        System.Text.Json.JsonElement ErrorOf(string name) => got.GetProperty(name).GetProperty("body").GetProperty("error");
    }

    [Fact]
    public async Task A_client_that_knows_no_other_host_than_Googles_gets_what_it_expects()
    {
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite);
        await using var front = new TlsFront(Host, new Uri(server.App.Urls.First()).Port, TimeProvider.System.GetUtcNow());
        string certificate = Path.Combine(server.Folder, "front.pem");
        await File.WriteAllTextAsync(certificate, front.CertificatePem, TestContext.Current.CancellationToken);
        var got = await NodeClient.RunAsync(
            "perspective.cjs",
            new Dictionary<string, string>
            {
                ["MODERATO_KEY"] = server.AdminKey,
                ["TEXT"] = Text,
                ["NODE_EXTRA_CA_CERTS"] = certificate,
                ["MAPPED_HOST"] = Host,
                ["MAPPED_PORT"] = front.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            "--require", "./map-host.cjs");

        Assert.InRange(got.GetProperty("analyzed").GetProperty("attributeScores").GetProperty("INSULT").GetProperty("summaryScore").GetProperty("value").GetDouble(), 0, 1);
        Assert.Equal(("ResponseError", 400), (got.GetProperty("unavailable").Text("name"), got.GetProperty("unavailable").GetProperty("body").GetProperty("error").GetProperty("code").GetInt32()));
    }
}
