using CsCheck;
using Moderato.Statistics.Slices;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Slices;

public sealed class SliceLineTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("slices");
    private static readonly ReferenceFile LargeFile = ReferenceFile.Read("slices-large");

    public static TheoryData<string> Cases => File.Names;

    public static TheoryData<string> LargeCases => LargeFile.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_sliceline_and_with_every_conjunction_enumerated(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["60 rows"] = Check,
        ["8 rows"] = Check,
        ["2000 rows"] = Check,
        ["no slice"] = Check,
        ["no error"] = Check,
    });

    [Theory]
    [MemberData(nameof(LargeCases))]
    public void Finds_the_top_ten_of_50000_rows_and_30_columns(string name) =>
        LargeFile.Check(name, new Dictionary<string, Action<ReferenceCase>> { ["50000 rows"] = CheckLarge });

    [Fact]
    public void Prunes_nothing_that_enumeration_finds() =>
        Gen.Int[0, 1000].Sample(seed =>
        {
            var random = new Random(seed);
            int[][] columns = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Range(0, 60).Select(_ => random.Next(-1, 2 + c)).ToArray())];
            double[] errors = [.. Enumerable.Range(0, 60).Select(_ => random.Next(4) == 0 ? Math.Round(random.NextDouble(), 2) : 0)];
            double[] weights = [.. Enumerable.Range(0, 60).Select(_ => 1.0 + random.Next(5))];
            var settings = new SliceLineSettings(1 + random.Next(6), 0.5 + (0.5 * random.NextDouble()), 1 + random.Next(6), 3);
            var ours = Top(columns, AllRows(60), errors, weights, settings);
            var all = Enumerate(columns, errors, weights, settings);
            double limit = all.Count < settings.Top ? 0 : all[settings.Top - 1].Score - 1e-9;
            var top = all.Where(slice => slice.Score >= limit).ToList();
            return ours.Select(Key).ToHashSet().SetEquals(top.Select(Key))
                && ours.Zip(top).All(pair => Math.Abs(pair.First.Score - pair.Second.Score) < 1e-9);
        }, iter: 200);

    [Fact]
    public void A_whole_weight_is_a_repeated_row()
    {
        var random = new Random(3);
        int[][] columns = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 300).Select(_ => random.Next(3)).ToArray())];
        double[] errors = [.. Enumerable.Range(0, 300).Select(row => columns[0][row] == 1 && random.Next(2) == 0 ? 1.0 : 0)];
        double[] weights = [.. Enumerable.Range(0, 300).Select(_ => 1.0 + random.Next(3))];
        int[] repeated = [.. Enumerable.Range(0, 300).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        var settings = new SliceLineSettings(5, MinSupport: 1);
        var weighted = Top(columns, AllRows(300), errors, weights, settings);
        var plain = Top(columns, repeated, errors, [], settings);
        Assert.Equal(plain.Select(slice => (Key(slice), Math.Round(slice.Score, 9))), weighted.Select(slice => (Key(slice), Math.Round(slice.Score, 9))));
    }

    [Fact]
    public void Searches_only_the_rows_it_was_given()
    {
        int[][] columns = [[0, 0, 1, 1, 0, 0]];
        var slice = Assert.Single(Top(columns, [2, 3, 4, 5], [1, 1, 1, 1, 0, 0], [], new(MinSupport: 1)));
        Assert.Equal((1, 2L, 2.0), (slice.Conditions[0].Code, slice.Rows, slice.Errors));
    }

    [Fact]
    public void Nothing_to_search_is_no_slice()
    {
        Assert.Empty(Top([], [], [], [], new()));
        Assert.Empty(Top([[0, 1]], [0, 1], [0, 0], [], new()));
        Assert.Empty(Top([[-1, -1]], [0, 1], [1, 0], [], new(MinSupport: 1)));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, double.PositiveInfinity)]
    public void Refuses_what_is_no_error_or_no_weight(double error, double weight) =>
        Assert.Contains("Row 0", Assert.Throws<ArgumentException>(() => Top([[0]], [0], [error], [weight], new())).Message);

    private static void Check(ReferenceCase reference)
    {
        var table = reference.Input("rows").EnumerateArray().Select(row => row.GetString()!).ToArray();
        int[][] columns = [.. Enumerable.Range(0, table[0].Length).Select(c => table.Select(row => row[c] - '0').ToArray())];
        double[] errors = reference.Numbers("errors");
        var ours = Top(columns, AllRows(table.Length), errors, [], new(
            reference.Integer("k"), reference.Number("alpha"), reference.Integer("min_support"), reference.Integer("max_depth")));

        reference.Expect("average_error", errors.Average());
        var theirs = reference.Expected("slices").EnumerateArray().ToDictionary(slice => string.Join(',', slice.GetProperty("slice")
            .EnumerateObject().Select(condition => $"{condition.Name}={condition.Value.GetInt32()}").Order()));
        Assert.Equal(theirs.Keys.Order(), ours.Select(Key).Order());
        foreach (var slice in ours)
        {
            var their = theirs[Key(slice)];
            Assert.Equal(their.GetProperty("score").GetDouble(), slice.Score, reference.Tolerance);
            Assert.Equal(their.GetProperty("size").GetInt64(), slice.Rows);
            Assert.Equal(their.GetProperty("sum_error").GetDouble(), slice.Errors, reference.Tolerance);
            Assert.Equal(their.GetProperty("max_error").GetDouble(), slice.MaxError, reference.Tolerance);
        }
    }

    private static void CheckLarge(ReferenceCase reference)
    {
        int rows = reference.Integer("rows");
        int[] cardinality = [.. reference.Numbers("cardinality").Select(value => (int)value)];
        var columns = new int[cardinality.Length][];
        for (int j = 0; j < columns.Length; j++)
        {
            columns[j] = new int[rows];
            for (int i = 0; i < rows; i++)
            {
                columns[j][i] = (int)(SplitMix64((ulong)((30 * i) + j)) % (ulong)cardinality[j]);
            }
        }

        var errors = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double u = (SplitMix64((ulong)i + 10_000_000) >> 11) / (double)(1L << 53);
            double p = .05 + (columns[3][i] == 1 && columns[7][i] == 0 ? .30 : 0) + (columns[12][i] == 2 && columns[5][i] == 1 ? .25 : 0)
                + (columns[20][i] == 0 ? .12 : 0);
            errors[i] = u < p ? 1 : 0;
        }

        Assert.Equal(reference.Number("errors"), errors.Sum());
        Assert.Equal(reference.Integer("sum_of_values"), columns.Sum(column => column.Sum()));

        var settings = new SliceLineSettings(
            reference.Integer("k"), reference.Number("alpha"), reference.Integer("sigma"), reference.Integer("max_depth"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var ours = Top(columns, AllRows(rows), errors, [], settings);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var theirs = reference.Expected().EnumerateArray().ToArray();
        Assert.Equal(theirs.Length, ours.Count);
        for (int k = 0; k < theirs.Length; k++)
        {
            Assert.Equal(
                theirs[k].GetProperty("where").EnumerateObject().Select(c => (int.Parse(c.Name), c.Value.GetInt32())),
                ours[k].Conditions.Select(c => (c.Column, c.Code)));
            Assert.Equal(theirs[k].GetProperty("score").GetDouble(), ours[k].Score, reference.Tolerance);
            Assert.Equal(theirs[k].GetProperty("size").GetInt64(), ours[k].Rows);
            Assert.Equal(theirs[k].GetProperty("errors").GetDouble(), ours[k].Errors);
        }

        // Allocated in total, which bounds what it holds at any time.
        Assert.True(allocated < 250_000_000, $"{allocated} bytes");
    }

    private static List<Found> Enumerate(int[][] columns, double[] errors, double[] weights, SliceLineSettings settings)
    {
        double total = weights.Sum();
        double mean = errors.Zip(weights, (e, w) => e * w).Sum() / total;
        var found = new List<Found>();
        Visit([], 0);
        return [.. found.OrderByDescending(slice => slice.Score)];

        void Visit(List<(int Column, int Code)> conditions, int from)
        {
            if (conditions.Count > 0)
            {
                int[] inside = [.. Enumerable.Range(0, errors.Length).Where(row => conditions.All(c => columns[c.Column][row] == c.Code))];
                double size = inside.Sum(row => weights[row]);
                double sum = inside.Sum(row => weights[row] * errors[row]);
                double score = (settings.Alpha * ((sum / size / mean) - 1)) - ((1 - settings.Alpha) * ((total / size) - 1));
                if (inside.Length >= settings.MinSupport && sum > 0 && score > 0)
                {
                    found.Add(new([.. conditions], score, inside.Length, size, sum, inside.Max(row => errors[row])));
                }
            }

            for (int column = from; conditions.Count < settings.MaxDepth && column < columns.Length; column++)
            {
                for (int code = 0; code <= columns[column].Max(); code++)
                {
                    Visit([.. conditions, (column, code)], column + 1);
                }
            }
        }
    }

    private static string Key(Found slice) => string.Join(',', slice.Conditions.Select(c => $"{c.Column}={c.Code}").Order());

    private static List<Found> Top(
        int[][] columns, int[] rows, double[] errors, double[] weights, SliceLineSettings settings)
    {
        var table = FeatureTable.FromColumns(columns, out int[] offsets);
        return [.. SliceLine.Top(table, rows, errors, weights, settings).Select(slice => new Found(
            [.. slice.Features.Select(Condition)], slice.Score, slice.Rows, slice.Size, slice.Errors, slice.MaxError))];

        (int Column, int Code) Condition(int feature)
        {
            int column = Array.FindLastIndex(offsets, offset => offset <= feature);
            return (column, feature - offsets[column]);
        }
    }

    private sealed record Found(
        List<(int Column, int Code)> Conditions, double Score, long Rows, double Size, double Errors, double MaxError);

    private static int[] AllRows(int count) => [.. Enumerable.Range(0, count)];

    private static ulong SplitMix64(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        ulong z = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
