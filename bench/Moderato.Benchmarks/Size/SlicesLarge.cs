using System.Diagnostics;
using System.Globalization;
using Moderato.Statistics.Slices;

namespace Moderato.Benchmarks.Size;

/// <summary>
/// The top ten slices of 50,000 rows × 30 columns to depth 3, every conjunction that could be among them considered:
/// the case of reference file slices-large, as a process of its own that makes the rows and searches.
/// </summary>
internal static class SlicesLarge
{
    private const int Rows = 50_000;

    private static readonly int[] Cardinality = [2, 9, 7, 5, 3, 10, 8, 6, 4, 2, 9, 7, 5, 3, 10, 8, 6, 4, 2, 9, 7, 5, 3, 10, 8, 6, 4, 2, 9, 7];

    public static void Run()
    {
        var measured = MeasuredProcess.Run(Environment.ProcessPath!, "slices-large-search");
        var table = new ResultTable(
            "Slices of 50,000 rows × 30 columns to depth 3",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- slices-large",
            "what", "wall, s", "CPU, s", "peak memory, MB");
        table.Add("whole process: start, make the rows, search", Number(measured.Wall), Number(measured.Cpu), Number(measured.PeakBytes / 1e6));
        table.Note("The reference's counts on two cores, from its file: every conjunction counted in numpy 3.7 s; sliceline 0.3.0 to depth 2 19 s and 4.0 GB, at depth 3 out of memory. That the ten are the same, a test of Moderato.Statistics checks.");
        table.Note(measured.Output.Trim());
        table.Write("slices-large");
    }

    /// <summary>The process that is measured.</summary>
    public static void Search()
    {
        long begun = Stopwatch.GetTimestamp();
        var columns = new int[Cardinality.Length][];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = new int[Rows];
            for (int row = 0; row < Rows; row++)
            {
                columns[column][row] = (int)(Mixed((ulong)((row * Cardinality.Length) + column)) % (ulong)Cardinality[column]);
            }
        }

        var errors = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            double p = .05 + (columns[3][row] == 1 && columns[7][row] == 0 ? .30 : 0)
                + (columns[12][row] == 2 && columns[5][row] == 1 ? .25 : 0) + (columns[20][row] == 0 ? .12 : 0);
            errors[row] = (Mixed((ulong)row + 10_000_000) >> 11) / (double)(1UL << 53) < p ? 1 : 0;
        }

        var features = FeatureTable.FromColumns(columns, out _);
        int[] rows = [.. Enumerable.Range(0, Rows)];
        long made = Stopwatch.GetTimestamp();
        var top = SliceLine.Top(features, rows, errors, [], new SliceLineSettings(10, .95, 500, 3));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Of the process, {Stopwatch.GetElapsedTime(begun, made).TotalSeconds:F2} s make the rows and {Stopwatch.GetElapsedTime(made).TotalSeconds:F2} s search; {top.Count} slices, the best scores {top[0].Score:F6}."));
    }

    private static ulong Mixed(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
