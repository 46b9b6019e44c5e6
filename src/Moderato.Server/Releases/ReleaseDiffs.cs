using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Decisions;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Server.Releases;

/// <summary>What would change if one release decided in another's place, told on stored contents. Later tiers are asked about some of those that they would be asked about.</summary>
public sealed class ReleaseDiffs(StoredContents contents, TierTrials trials)
{
    private const int PageRows = 500;

    private const string Stored = "contents of the window whose text is stored";

    private static readonly ReleaseDiff.Omission LaterTiers = new(
        "later tiers", "nobody was asked: the verdicts compared are those of the first tier alone, also of content that would be asked about; a key with the scope admin may have them asked, with laterTiers above 0");

    public async Task<ReleaseDiff> OfAsync(int workspace, Cascade against, Cascade release, DiffWindow window, CancellationToken cancel)
    {
        long all = await contents.CountAsync(workspace, window.From, window.To, cancel);
        long every = Math.Max(1, (all + window.Sample - 1) / window.Sample);
        var first = new Compared();
        var later = new Reservoir<StandingDecision>(window.LaterTiers, window.Seed);
        long withoutText = 0;
        var after = new PagePlace(window.From.ToUnixTimeMilliseconds() - 1, long.MaxValue);
        IReadOnlyList<StandingDecision> page;
        do
        {
            page = await contents.PageAsync(workspace, after, window.To, every, PageRows, cancel);
            foreach (var one in page)
            {
                after = one.First;
                if (one.Content is not { } content)
                {
                    withoutText++;
                    continue;
                }

                var before = against.Begin(content.Text, content.Language, content.Surface);
                var next = release.Begin(content.Text, content.Language, content.Surface);
                bool asksLater = against.AsksLater(before) || release.AsksLater(next);
                if (asksLater)
                {
                    later.Offer(one);
                }

                if (!asksLater || window.LaterTiers == 0)
                {
                    first.Add(one, against.DecisionOf(before), release.DecisionOf(next));
                }
            }
        }
        while (page.Count == PageRows);

        string design = every == 1 ? "all rows" : FormattableString.Invariant($"one in {every}, by their place in the log");
        bool hasLater = against.Release.Escalations is { Count: > 0 } || release.Release.Escalations is { Count: > 0 };
        var asked = hasLater && window.LaterTiers > 0 ? await AskAsync(workspace, against, release, later, window, design, cancel) : null;
        return new(
            release.Release.Id, against.Release.Id, window.From, window.To, all, withoutText,
            first.Tally.ToComparison(asked is null ? Stored : $"{Stored}, that no later tier is asked about", design),
            first.Examples, hasLater && asked is null ? [LaterTiers] : [],
            asked?.Changed(first, design) ?? first.Changed(later.Offered, Stored, design),
            asked?.Answer);
    }

    private async Task<Asked> AskAsync(int workspace, Cascade against, Cascade release, Reservoir<StandingDecision> later, DiffWindow window, string design, CancellationToken cancel)
    {
        var trial = await trials.OfAsync(workspace, [against, release], [.. later.Drawn.Select(one => one.Content!)], cancel);
        var compared = new Compared();
        for (int i = 0; i < later.Drawn.Count; i++)
        {
            if (trial.IsJudged(i))
            {
                compared.Add(later.Drawn[i], trial.DecisionOf(i, 0), trial.DecisionOf(i, 1));
            }
        }

        var summary = trial.Summary(new(window.LaterTiers, window.Seed, later.Offered));
        return new(compared, summary, new(summary, compared.Tally.ToComparison($"{Stored}, that a later tier is asked about", $"{design}; {summary.Design()}"), compared.Examples));
    }

    /// <summary>Contents under both releases, counted, with some whose verdict differs.</summary>
    private sealed class Compared
    {
        private const int MostExamples = 20;

        private readonly List<ReleaseDiff.Example> examples = [];

        public VerdictTally Tally { get; } = new();

        public IReadOnlyList<ReleaseDiff.Example> Examples => examples;

        public int Contents { get; private set; }

        public int Differing { get; private set; }

        public void Add(StandingDecision one, CascadeDecision before, CascadeDecision next)
        {
            Contents++;
            Tally.Add(new(before.Verdict, next.Verdict, before.Category, next.Category, one.Content!.Language!, one.Content.Surface));
            if (before.Verdict == next.Verdict)
            {
                return;
            }

            Differing++;
            if (examples.Count < MostExamples)
            {
                examples.Add(new(one.Standing.ContentId, DecisionId.Of(one.Standing.Sequence), before.Verdict, next.Verdict, next.Verdict > before.Verdict ? next.Category : before.Category));
            }
        }

        /// <param name="askedLater">Contents whose verdicts the first tier alone does not say.</param>
        public Rate Changed(long askedLater, string population, string design) => askedLater > 0
            ? new Rate.Unknown(FormattableString.Invariant($"A later tier is asked about {askedLater} of the contents, and nobody was asked now."))
            : Tally.ToComparison(population, design).Changed;
    }

    private sealed record Asked(Compared Compared, TierTrialSummary Summary, LaterTiersDiff Answer)
    {
        private const double Confidence = .95;

        /// <summary>Of all contents: those of the first tier as they are, those that were asked about for all that they were drawn from.</summary>
        public Rate Changed(Compared first, string design)
        {
            if (Summary.Contents == 0)
            {
                return first.Changed(0, Stored, design);
            }

            if (Summary.WhyUnknown() is { } why)
            {
                return new Rate.Unknown(why);
            }

            double weight = (double)Summary.Contents / Compared.Contents;
            double[] weights = [.. Enumerable.Repeat(1d, first.Contents), .. Enumerable.Repeat(weight, Compared.Contents)];
            bool[] differs = [.. Differ(first), .. Differ(Compared)];
            var share = StratumShare.Of(first.Contents + Summary.Contents, weights, differs, [], NormalDistribution.TwoSidedQuantile(Confidence));
            return new Rate.Known(
                share.Estimate, share.Low, share.High, weights.Length, StratumShare.Method, Stored, $"{design}; of those that a later tier is asked about {Summary.Design()}", Confidence);
        }

        private static IEnumerable<bool> Differ(Compared compared) => Enumerable.Range(0, compared.Contents).Select(i => i < compared.Differing);
    }
}

/// <param name="OfContents">Contents in the window.</param>
/// <param name="WithoutText">Of those looked at, whose text is not kept: they cannot be decided again.</param>
/// <param name="Verdicts">Of contents that the first tier decides alone under both; of all, by the first tier, where nobody was to be asked.</param>
/// <param name="Examples">Some whose verdict differs, the oldest first.</param>
/// <param name="Changed">Of all contents, those of <paramref name="LaterTiers"/> in their share.</param>
/// <param name="LaterTiers">Contents that a later tier of either release is asked about; absent where neither has one, or nobody was to be asked.</param>
public sealed record ReleaseDiff(
    string Release, string Against, DateTimeOffset From, DateTimeOffset To, long OfContents, long WithoutText, ReleaseComparison Verdicts,
    IReadOnlyList<ReleaseDiff.Example> Examples, IReadOnlyList<ReleaseDiff.Omission> NotAssessed, Rate Changed, LaterTiersDiff? LaterTiers)
{
    public sealed record Example(string ContentId, string DecisionId, Verdict From, Verdict To, string? Category);

    public sealed record Omission(string What, string Why);
}

/// <summary>How the verdicts of two releases differ on contents that later tiers were asked about now.</summary>
/// <param name="Verdicts">Of those that they judged, which stand for all that they would be asked about.</param>
/// <param name="Examples">Some whose verdict differs, at random.</param>
public sealed record LaterTiersDiff(TierTrialSummary Asking, ReleaseComparison Verdicts, IReadOnlyList<ReleaseDiff.Example> Examples);
