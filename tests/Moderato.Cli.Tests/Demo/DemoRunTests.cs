using Moderato.Cli.Demo;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;

namespace Moderato.Cli.Tests.Demo;

public sealed class DemoRunTests
{
    private static readonly string[] Rude = ["shit", "damn", "hell", "idiot", "moron", "clown", "stupid", "pathetic", "bastard", "ass", "loser", "fool", "garbage", "dimwit", "wrecked", "crap"];

    /// <summary>Counts rude words, and blurs the count by the letters: as wrong about joy and quotation as any classifier of words.</summary>
    private static double Score(string text, string language)
    {
        int rude = Rude.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        double blur = text.Aggregate(7, (hash, letter) => ((hash * 31) + letter) & 0xFFFF) / 65_536.0;
        return 1 / (1 + Math.Exp(2.5 - (2 * rude) - (2 * blur)));
    }

    [Fact]
    public void The_planted_platform_is_found_and_the_new_cuts_are_measured_on_traffic_that_nobody_saw()
    {
        var run = DemoRun.Of(Causes.NewContent, 1, Score, ["en"], TestContext.Current.CancellationToken);

        Assert.Equal(Causes.NewContent, run.Findings.Diagnosis[0].Cause);
        Assert.Equal(.08, run.Incident.Truth.After.Fpr, .001);
        double before = ((Rate.Known)run.Before.Fpr).Estimate, after = ((Rate.Known)run.After.Fpr).Estimate;
        Assert.Equal(.08, before, .03);
        Assert.True(after < before / 2, $"{after} after {before}");
        Assert.True(run.After.ReviewsPerDay < 1.25 * DemoRun.ReviewsPerDay, $"{run.After.ReviewsPerDay} reviews a day");

        using var folder = new TemporaryFolder();
        DemoFiles.Write(folder["demo"], run, TimeProvider.System);
        Assert.All(DemoFiles.Names, name => Assert.True(File.Exists(Path.Combine(folder["demo"], name)), name));
        Assert.True(File.ReadAllLines(Path.Combine(folder["demo"], DemoFiles.Sheet)).Length > run.Drawn.Count);
    }

    [Fact]
    public void Where_nothing_is_wrong_nothing_is_changed()
    {
        var run = DemoRun.Of(Causes.None, 1, Score, ["en"], TestContext.Current.CancellationToken);

        Assert.Equal(Causes.None, run.Findings.Diagnosis[0].Cause);
        Assert.Null(run.Fix);
        Assert.Equal(run.Before, run.After);
    }
}
