using System.IO.Compression;
using System.Text.Json;
using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Findings;

namespace Moderato.Tests.Drills.Simulation;

public sealed class TextTests
{
    private static IEnumerable<string> Texts(DecisionTable table) => Enumerable.Range(0, table.Count).Select(row => table.Texts![row]);

    [Fact]
    public void Fifty_thousand_texts_are_different_from_each_other()
    {
        var plan = Planted.Plan(Causes.None) with { ReferenceRows = 60_000, CurrentRows = 20_000, WithTexts = true };

        int distinct = Texts(SimulatedIncident.Of(plan).Table).Distinct().Count();

        Assert.True(distinct >= 50_000, $"{distinct} distinct texts");
    }

    [Fact]
    public void Every_language_writes_every_text_without_an_open_slot()
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.NewContent, IncidentCatalog.Unknown) with { WithTexts = true });

        Assert.All(Texts(incident.Table), text =>
        {
            Assert.InRange(text.Length, 10, 400);
            Assert.DoesNotContain('{', text);
            Assert.DoesNotContain('}', text);
            Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void No_text_equals_one_of_a_data_set()
    {
        string folder = SharedData.Folder();
        var plan = Planted.Plan(Causes.NewContent, IncidentCatalog.Platform) with { Prevalence = .1, ReferenceRows = 20_000, WithTexts = true };
        var ours = Texts(SimulatedIncident.Of(plan).Table).Select(Fold).ToHashSet();

        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl.gz"))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using var row = JsonDocument.Parse(line);
                Assert.False(ours.Contains(Fold(row.RootElement.GetProperty("text").GetString()!)), $"a simulated text stands in {Path.GetFileName(file)}");
            }
        }

        static string Fold(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }
}
