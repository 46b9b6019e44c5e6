using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Moderato.Statistics;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;
using Moderato.Statistics.Thresholds;

namespace Moderato.Benchmarks.Size;

/// <summary>
/// The whole precision–recall curve and the exact optimum of the two thresholds on ten million scores of four decimals, against
/// scikit-learn's curve alone; arrays in memory on both sides, least of three, one thread.
/// </summary>
internal static class CurveRace
{
    private const int Rows = 10_000_000;
    private const int Rounds = 3;

    public static void Run(SizeFiles files)
    {
        var (scores, violating) = Draw();
        double ours = double.PositiveInfinity;
        string found = "";
        for (int round = 0; round < Rounds; round++)
        {
            long begun = Stopwatch.GetTimestamp();
            found = Ours(scores, violating);
            ours = Math.Min(ours, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        var table = new ResultTable(
            "Curve and exact optimum on 10,000,000 scores",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- curve-race FOLDER",
            "what", "seconds", "times as fast");
        string? versions = Python.Versions();
        double? theirs = versions is null ? null : Theirs(files, scores, violating);
        table.Add("ours: histogram, precision–recall curve, exact optimum of two thresholds under a capacity", Number(ours), theirs is { } seconds ? Number(seconds / ours) : "–");
        if (theirs is { } least)
        {
            table.Add($"scikit-learn: precision_recall_curve ({versions})", Number(least), "1");
        }
        else
        {
            table.Note("Not measured beside it: /usr/bin/python3 with scikit-learn is not installed here.");
        }

        table.Note($"Least of {Rounds}, arrays in memory. {found}");
        table.Write("curve");
    }

    private static string Ours(double[] scores, bool[] violating)
    {
        var histogram = new ScoreHistogram();
        for (int row = 0; row < scores.Length; row++)
        {
            histogram.Add(scores[row], violating[row]);
        }

        var levels = histogram.Levels();
        var curve = ((Outcome<PrecisionRecallCurve>.Defined)PrecisionRecallCurve.Of(levels)).Value;
        var items = new double[ScoreBin.Count];
        for (int bin = 0; bin < items.Length; bin++)
        {
            items[bin] = histogram.Positive[bin] + histogram.Negative[bin];
        }

        var choice = (ThresholdChoice.Optimal)TwoThresholdOptimum.Find(new ThresholdProblem(
            histogram.Negative.ToArray(), histogram.Positive.ToArray(), items, CostFalseBlock: 1, CostMissed: 5, CostReview: .1, Capacity: scores.Length / 50));
        return $"The curve has {curve.Thresholds.Count} thresholds; the optimum reviews {choice.Reviews:F0} contents.";
    }

    private static double Theirs(SizeFiles files, double[] scores, bool[] violating)
    {
        string path = Path.Combine(files.Folder, "curve");
        File.WriteAllBytes(path + ".scores", MemoryMarshal.AsBytes(scores.AsSpan()));
        File.WriteAllBytes(path + ".labels", MemoryMarshal.AsBytes(violating.AsSpan()));
        return double.Parse(Python.Run("curve", path).Output, CultureInfo.InvariantCulture);
    }

    private static (double[] Scores, bool[] Violating) Draw()
    {
        var random = new SplitMix64(1);
        var scores = new double[Rows];
        var violating = new bool[Rows];
        for (int row = 0; row < Rows; row++)
        {
            violating[row] = random.NextDouble() < .05;
            double u = random.NextDouble();
            scores[row] = Math.Round(violating[row] ? 1 - (u * u) : u * u, 4);
        }

        return (scores, violating);
    }

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
