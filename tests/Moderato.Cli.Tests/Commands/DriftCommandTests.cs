using System.Text;
using System.Text.Json;
using Moderato.Investigation.Shift;
using Moderato.Releases;

namespace Moderato.Cli.Tests.Commands;

public sealed class DriftCommandTests : IDisposable
{
    private static readonly string[] Small = ["the", "train", "was", "late", "again", "nice", "photo", "where", "is", "this", "cat", "garden", "match", "tonight", "anyone", "watching", "great", "goal", "thanks", "everyone"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Against_a_reference_it_prints_the_object_shift_of_an_investigation()
    {
        string reference = folder.Write("reference.csv", Csv(seed: 1, extra: ""));
        string current = folder.Write("current.csv", Csv(seed: 2, extra: " patch lobby"));

        var (exit, output, error) = await Run("drift", current, "--reference", reference, "--json");

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        var shift = JsonDocument.Parse(output).RootElement;
        Assert.True(shift.GetProperty("text").GetProperty("auc").GetDouble() > .6);
        Assert.Equal(["lobby", "patch"], shift.GetProperty("text").GetProperty("terms").EnumerateArray().Take(2).Select(term => term.GetString()!).Order());
        Assert.True(shift.GetProperty("score").GetProperty("p").GetDouble() > 0);
        Assert.Contains("surface", shift.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("column").GetString()));
        Assert.Equal(JsonValueKind.Array, shift.GetProperty("bursts").ValueKind);
        Assert.Equal(JsonValueKind.Array, shift.GetProperty("floods").ValueKind);
        Assert.NotEmpty(shift.GetProperty("notAssessed").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_reference_it_compares_with_the_profile_of_the_release()
    {
        string release = ReleaseWithProfile();
        string current = folder.Write("current.csv", Texts(seed: 2, extra: " blackout"));

        var (exit, output, error) = await Run("drift", current, "--release", release);

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.StartsWith("This content is not like the reference", output, StringComparison.Ordinal);
        Assert.Contains("blackout", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_content_is_like_the_profile()
    {
        string release = ReleaseWithProfile();
        string current = folder.Write("current.csv", Texts(seed: 3, extra: ""));

        var (exit, output, _) = await Run("drift", current, "--release", release);

        Assert.Equal(ExitCode.Done, exit);
        Assert.StartsWith("This content is like the reference", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_text_and_without_a_reference_it_says_what_would_help()
    {
        string current = folder.Write("current.csv", "id,score\na,0.1\nb,0.2\n");

        var (exit, output, error) = await Run("drift", current);

        Assert.Equal((ExitCode.WrongInput, ""), (exit, output));
        Assert.Equal(
            $"error: {current}: no column \"text\", and no reference\n  try: a release is compared with by text: map the column with --map text=COLUMN, or give --reference FILE",
            error.TrimEnd());
    }

    private string ReleaseWithProfile()
    {
        var shipped = ReleaseFile.LoadShipped();
        var builder = new ContentProfileBuilder();
        foreach (string line in Texts(seed: 1, extra: "").Split('\n').Skip(1))
        {
            string text = line[(line.IndexOf(',') + 1)..];
            builder.Add(text, null, shipped.Decide(text).Scores);
        }

        ReleaseFile.Save(shipped.Release with { Profile = builder.Build() }, shipped.Model, folder["release"]);
        return folder["release"];
    }

    /// <summary>Contents and nothing else: no verdict, no score.</summary>
    private static string Texts(int seed, string extra)
    {
        var random = new Random(seed);
        return "id,text\n" + string.Join('\n', Enumerable.Range(0, 600).Select(i => $"c{seed}-{i},{Text(random)}{(i % 3 == 0 ? extra : "")}"));
    }

    private static string Csv(int seed, string extra)
    {
        var random = new Random(seed);
        var csv = new StringBuilder("id,text,score,verdict,surface\n");
        for (int i = 0; i < 600; i++)
        {
            csv.Append($"c{seed}-{i},{Text(random)}{(i % 2 == 0 ? extra : "")},0.{random.Next(1000):000},{(random.Next(20) == 0 ? 1 : 0)},{(random.Next(3 + seed) == 0 ? "chat" : "comment")}\n");
        }

        return csv.ToString();
    }

    private static string Text(Random random) => string.Join(' ', Enumerable.Range(0, 6 + random.Next(8)).Select(_ => Small[random.Next(Small.Length)]));

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(args, output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }
}
