using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>What a row of a chunk comes to once its cells are read: verdict, period, and whether it has been there before.</summary>
internal sealed class DecisionRows(DecisionQuery query)
{
    /// <summary>Stands for an empty verdict cell.</summary>
    public const Verdict NoVerdict = (Verdict)byte.MaxValue;

    private readonly IdSet seen = new();
    private readonly Growing<Verdict> keptVerdicts = new();
    private readonly Growing<Period> keptPeriods = new();
    private Verdict[] verdicts = [];
    private Period[] periods = [];
    private ulong[] hashes = [];

    /// <summary>The cuts in force, where they are known.</summary>
    public Cuts? Cuts { get; set; } = query.Cuts;

    /// <summary>Rows whose recorded verdict is another than the cuts give.</summary>
    public long VerdictsAgainstCuts { get; private set; }

    /// <summary>Rows that stand as safe only because nothing says what was decided on them.</summary>
    public long Undecided { get; private set; }

    /// <summary>Where the first time with and the first without an offset stand.</summary>
    public (string? With, string? Without) Offsets { get; private set; }

    /// <summary>Refuses rows that come to nothing; columns that the file does not have are null.</summary>
    public void Judge(RowChunk chunk, RowMarks marks, Period filePeriod, double[]? scores, Verdict[]? given, IsoTime[]? times, Period[]? staged)
    {
        if (verdicts.Length < chunk.Rows)
        {
            verdicts = new Verdict[chunk.Rows * 2];
            periods = new Period[chunk.Rows * 2];
            hashes = new ulong[chunk.Rows * 2];
        }

        for (int row = 0; row < chunk.Rows; row++)
        {
            if (!marks.IsOut(row))
            {
                Decide(row, marks, scores is null ? double.NaN : scores[row], given is null ? NoVerdict : given[row]);
                Place(row, marks, filePeriod, times is null ? default : times[row], staged is null ? filePeriod : staged[row]);
            }
        }
    }

    /// <summary>Refuses ids that were there before in the same category and period.</summary>
    public void RefuseRepeats(RowChunk chunk, RowMarks marks, int id, int category)
    {
        // Hashes first: the table is large and every look-up a cache miss, and misses in a row overlap.
        for (int row = 0; row < chunk.Rows; row++)
        {
            ulong seed = (ulong)periods[row] + 1;
            hashes[row] = Utf8Hash.Of(chunk[row, id], category < 0 ? seed : Utf8Hash.Of(chunk[row, category], seed));
        }

        for (int row = 0; row < chunk.Rows; row++)
        {
            if (!marks.IsOut(row) && !chunk[row, id].IsEmpty && !seen.Add(hashes[row]))
            {
                marks.Refuse(row, "column \"id\": this id stands on an earlier line too; one row a content and category");
            }
        }
    }

    public void Keep(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            keptVerdicts.Add(verdicts[row]);
            keptPeriods.Add(periods[row]);
        }
    }

    /// <summary>The rows kept, in order; nothing more can be read after it.</summary>
    public (Verdict[] Verdicts, Period[] Periods) Build()
    {
        seen.Clear();
        return (keptVerdicts.Build(), keptPeriods.Build());
    }

    private void Decide(int row, RowMarks marks, double score, Verdict given)
    {
        if (Cuts is { } cuts && !double.IsNaN(score))
        {
            var told = cuts.Decide(score);
            VerdictsAgainstCuts += given != NoVerdict && given != told ? 1 : 0;
            verdicts[row] = given == NoVerdict ? told : given;
        }
        else if (given != NoVerdict)
        {
            verdicts[row] = given;
        }
        else if (!query.VerdictsNeeded)
        {
            verdicts[row] = Verdict.Safe;
            Undecided++;
        }
        else
        {
            marks.Refuse(row, double.IsNaN(score) ? "neither a score nor a verdict" : "no verdict, and without --block-from the score does not tell it");
        }
    }

    private void Place(int row, RowMarks marks, Period filePeriod, IsoTime time, Period staged)
    {
        if (time.Ticks != 0 && Offsets is not { With: not null, Without: not null })
        {
            Offsets = time.HasOffset
                ? Offsets with { With = Offsets.With ?? marks.Place(row) }
                : Offsets with { Without = Offsets.Without ?? marks.Place(row) };
        }

        if (query.Since is { } since && filePeriod == Period.Current)
        {
            if (time.Ticks == 0)
            {
                marks.Refuse(row, "column \"time\": empty, and --since needs a time");
            }

            periods[row] = time.Ticks < since ? Period.Reference : Period.Current;
        }
        else
        {
            periods[row] = filePeriod == Period.Current ? staged : filePeriod;
        }
    }
}
