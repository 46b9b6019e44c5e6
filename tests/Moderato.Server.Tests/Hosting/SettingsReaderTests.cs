using Moderato.Server.Hosting;

namespace Moderato.Server.Tests.Hosting;

public sealed class SettingsReaderTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void Arguments_win_over_variables_and_those_over_the_file()
    {
        const string File = """{ "urls": "http://127.0.0.1:1", "requestsPerSecond": 5, "textRetentionDays": 30 } // ours""";
        var settings = Right(SettingsReader.Read(
            File,
            new Dictionary<string, string> { ["MODERATO_URLS"] = "http://127.0.0.1:2", ["MODERATO_REQUESTS_PER_SECOND"] = "7", ["PATH"] = "/bin" },
            new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:3;http://[::1]:4" }));
        Assert.Equal(["http://127.0.0.1:3", "http://[::1]:4"], settings.Urls);
        Assert.Equal(7, settings.RequestsPerSecond);
        Assert.Equal(30, settings.TextRetentionDays);
    }

    [Fact]
    public void Nothing_given_is_loopback_and_sqlite()
    {
        var settings = Right(SettingsReader.Read(null, None, None));
        Assert.Equal([ServerSettings.DefaultUrl], settings.Urls);
        Assert.Null(settings.Storage);
    }

    [Fact]
    public void All_errors_come_at_once_with_place_and_remedy_and_no_secret()
    {
        var wrong = Assert.IsType<SettingsOutcome.Wrong>(SettingsReader.Read(
            """{ "urls": "ftp://somewhere", "colour": "red", "textRetentionDays": 0 }""",
            new Dictionary<string, string> { ["MODERATO_STORAGE"] = "my-secret-password", ["MODERATO_OTLP"] = "nowhere" },
            None));
        Assert.Equal(
            ["moderato.json, colour", "moderato.json, urls", "moderato.json, textRetentionDays", "MODERATO_OTLP", "MODERATO_STORAGE"],
            wrong.Errors.Select(error => error.Place));
        Assert.DoesNotContain(wrong.Errors, error => error.ToString().Contains("my-secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "moderato.json, line 1")]
    [InlineData("[]", "moderato.json")]
    public void A_file_that_is_no_object_says_where(string file, string place) =>
        Assert.Equal(place, Assert.Single(Assert.IsType<SettingsOutcome.Wrong>(SettingsReader.Read(file, None, None)).Errors).Place);

    private static ServerSettings Right(SettingsOutcome outcome) => Assert.IsType<SettingsOutcome.Read>(outcome).Settings;
}
