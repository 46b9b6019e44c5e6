using System.IO.Compression;
using System.Text;
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
        var ours = Texts(SimulatedIncident.Of(plan).Table).Select(text => Fold(text)).ToHashSet();

        var letters = new char[1 << 20];
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl.gz"))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                Assert.False(ours.Contains(Fold(TextOf(line, letters))), $"a simulated text stands in {Path.GetFileName(file)}");
            }
        }
    }

    private static ReadOnlySpan<char> TextOf(string line, char[] letters)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("text"))
            {
                reader.Read();
                return reader.ValueSpan.Length <= letters.Length ? letters.AsSpan(0, reader.CopyString(letters)) : "";
            }
        }

        return "";
    }

    /// <summary>FNV-1a of letters and digits in lower case: equal for texts that differ in case, spacing and punctuation only.</summary>
    private static ulong Fold(ReadOnlySpan<char> text)
    {
        ulong hash = 14695981039346656037UL;
        foreach (char letter in text)
        {
            hash = char.IsLetterOrDigit(letter) ? (hash ^ char.ToLowerInvariant(letter)) * 1099511628211UL : hash;
        }

        return hash;
    }
}
