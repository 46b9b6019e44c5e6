using System.Globalization;
using System.Text.RegularExpressions;
using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Improvement;
using Moderato.Improvement.Evaluation;
using Moderato.Improvement.Training;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;

namespace Moderato.Benchmarks;

/// <summary>
/// The shipped model on sets that it was not trained on: hate against linear peers, HateCheck by functionality, toxicity, false
/// positives by identity term, and other languages as if it judged them. A table a question, all in one file.
/// </summary>
internal sealed partial class QualityTable
{
    private const string Command = "dotnet run -c Release --project bench/Moderato.Benchmarks -- quality";

    /// <summary>Identity terms of the templates (Dixon et al. 2018), longest first so that "african american" is not "american".</summary>
    private const string Terms =
        "african american|middle eastern|middle aged|african|american|asian|bisexual|black|blind|buddhist|canadian|catholic|chinese|"
        + "christian|deaf|elderly|european|female|gay|heterosexual|hispanic|homosexual|indian|japanese|jewish|latina|latino|latinx|"
        + "lesbian|lgbtq|lgbt|male|mexican|millenial|muslim|nonbinary|older|old|paralyzed|protestant|"
        + "queer|sikh|straight|taoist|teenage|transgender|trans|white|younger|young";

    /// <summary>What linear peers reach: macro-F1, average precision, TPR at 5% FPR.</summary>
    private static readonly (string Set, string? Split, double[] Peer)[] Peers =
    [
        ("hatecheck", null, [.630, .817, .142]), ("dynahate", "test", [.574, .652, .125]),
        ("edos", "test", [.644, .467, .216]), ("founta", "test", [.628, .388, .242]),
    ];

    private static readonly (string Set, string Language, string Category)[] Foreign =
    [
        ("told-br", "pt", Category.Toxicity), ("germeval2018", "de", Category.Toxicity), ("offendes", "es", Category.Toxicity),
        ("kor-hate", "ko", Category.Toxicity), ("russe-detox", "ru", Category.Toxicity), ("cold", "zh", Category.Toxicity),
        ("roman-urdu", "ur", Category.Hate), ("mlma", "fr", Category.Hate), ("mlma", "ar", Category.Hate),
    ];

    private readonly Cascade cascade = ReleaseFile.LoadShipped();
    private readonly BootstrapOptions options = new(1);

    public static void Run()
    {
        var quality = new QualityTable();
        ResultTable.Write("quality", quality.Hate(), quality.Functionalities(), quality.Toxicity(), quality.Identities(), quality.Languages());
    }

    private ResultTable Hate()
    {
        var table = new ResultTable(
            "Hate, sets not trained on", Command,
            "set", "n", "macro-F1", "average precision", "TPR at 5% FPR", "FPR", "FNR", "peer: F1 / AP / TPR", "peer reached in");
        foreach (var (set, split, peer) in Peers)
        {
            var found = Evaluated(set, Category.Hate, TrainingSets.Read(set).Where(content => split is null || content.Split == split));
            double[] own = [Estimate(found.MacroF1), Estimate(found.AveragePrecision), Estimate(found.TprAtFpr05)];
            table.Add(
            [
                split is null ? set : $"{set} {split}", found.N, .. Figures(found),
                string.Join(" / ", peer.Select(Shown)), $"{own.Zip(peer).Count(pair => Math.Round(pair.First, 3) >= pair.Second)} of 3",
            ]);
        }

        table.Note(
            $"Release {cascade.Release.Id}, at its `review_from` {Cut(Category.Hate)}: flagged is what is not safe. Intervals are 95%. "
            + "The peer is the better of TF-IDF with logistic regression and fastText in each figure, trained on comparable rows, as handed to us. "
            + "What was looked at while the model was made: models/ngram/README.md.");
        return table;
    }

    private ResultTable Functionalities()
    {
        var table = new ResultTable("HateCheck by functionality", Command, "functionality", "n", "flagged", "should it be?");
        var kinds = TrainingSets.Read("hatecheck")
            .GroupBy(content => (Name: content.Meta["functionality"], Hateful: content.Labels[Category.Hate]), content => IsFlagged(content, Category.Hate))
            .OrderBy(kind => kind.Key.Hateful).ThenBy(kind => kind.Key.Name, StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            table.Add(kind.Key.Name, kind.Count(), Share(kind.Count(flagged => flagged), kind.Count()), kind.Key.Hateful ? "yes" : "no");
        }

        return table;
    }

    private ResultTable Toxicity()
    {
        var table = new ResultTable("Toxicity, sets not trained on", Command, "set", "n", "macro-F1", "average precision", "TPR at 5% FPR", "FPR", "FNR");
        foreach (var set in (string[])["surge-toxicity", "olid", "gametox", "conda-dota"])
        {
            var found = Evaluated(set, Category.Toxicity, TrainingSets.Read(set));
            table.Add([set, found.N, .. Figures(found)]);
        }

        return table;
    }

    private ResultTable Identities()
    {
        var table = new ResultTable(
            "False positives of toxicity by identity term, identity-madlibs", Command, "term", "safe texts", "FPR", "toxic texts", "FNR");
        var rows = TrainingSets.Read("identity-madlibs")
            .Select(content => (Term: TermOf(content.Text), Toxic: content.Labels[Category.Toxicity], Flagged: IsFlagged(content, Category.Toxicity)))
            .ToList();
        Add("all", rows);
        var terms = rows.GroupBy(row => row.Term).OrderByDescending(own => own.Where(row => !row.Toxic).Average(row => row.Flagged ? 1d : 0))
            .ThenBy(own => own.Key, StringComparer.Ordinal);
        foreach (var term in terms)
        {
            Add(term.Key, [.. term]);
        }

        table.Note("Templates that differ in the term only, half of them toxic: what differs between terms is bias. The texts are a few words long, so the level says little of other content.");
        return table;

        void Add(string term, List<(string Term, bool Toxic, bool Flagged)> own)
        {
            int toxic = own.Count(row => row.Toxic), safe = own.Count - toxic;
            int wronglyFlagged = own.Count(row => row is { Toxic: false, Flagged: true }), missed = own.Count(row => row is { Toxic: true, Flagged: false });
            table.Add(term, safe, Share(wronglyFlagged, safe), toxic, Share(missed, toxic));
        }
    }

    private ResultTable Languages()
    {
        var table = new ResultTable(
            "Other languages, if the release judged them", Command,
            "set", "language", "category", "n", "violating", "ROC AUC", "average precision", "FPR", "FNR", "judged by the release");
        foreach (var (set, language, category) in Foreign)
        {
            var found = Evaluated(set, category, TrainingSets.Read(set).Where(content => set != "mlma" || content.Language == language));
            bool judged = cascade.Release.Languages[category].Contains(language);
            table.Add(
                set, language, category, found.N, Percent((double)found.Positives / found.N), Shown(found.RocAuc), Shown(found.AveragePrecision),
                Shown(found.Fpr), Shown(found.Fnr), judged ? "yes" : "no");
        }

        table.Note(
            "The release judges English and text whose language cannot be told; here it was told that each text is English. "
            + "An AUC near .5 is chance; average precision of chance is the share that violates.");
        return table;
    }

    private SetFinding Evaluated(string set, string category, IEnumerable<LabelledContent> contents)
    {
        var rows = contents.Where(content => content.Labels.ContainsKey(category)).ToList();
        double[] scores = [.. rows.Select(content => Score(content, category))];
        return SetEvaluation.Of(
            new EvaluatedRows
            {
                Set = set,
                Category = category,
                Scores = scores,
                Violating = [.. rows.Select(content => content.Labels[category])],
                Flagged = [.. scores.Select(score => score >= Cut(category))],
                Threshold = Cut(category),
            },
            options);
    }

    private double Score(LabelledContent content, string category)
    {
        Span<double> scores = stackalloc double[NgramModel.Lanes];
        cascade.Decide(content.Text, "en", surface: null, scores[..cascade.Categories.Count]);
        return scores[cascade.Categories.ToList().IndexOf(category)];
    }

    private bool IsFlagged(LabelledContent content, string category) => Score(content, category) >= Cut(category);

    private static string TermOf(string text) => Term().Match(text) is { Success: true, Value: var term } ? term.ToLowerInvariant() : "none of them";

    private static object[] Figures(SetFinding found) =>
        [Shown(found.MacroF1), Shown(found.AveragePrecision), Shown(found.TprAtFpr05), Shown(found.Fpr), Shown(found.Fnr)];

    private double Cut(string category) => cascade.Release.Thresholds[category].Cuts.ReviewFrom!.Value;

    private static string Share(int some, int all)
    {
        var interval = WilsonInterval.Of(some, all);
        return all == 0 ? "–" : $"{Percent((double)some / all)} [{Percent(interval.Low)}, {Percent(interval.High)}]";
    }

    private static double Estimate(Rate rate) => ((Rate.Known)rate).Estimate;

    private static string Shown(Rate rate) => rate is Rate.Known known ? $"{Shown(known.Estimate)} [{Shown(known.Low)}, {Shown(known.High)}]" : "–";

    private static string Shown(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + "%";

    [GeneratedRegex($@"\b({Terms})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
