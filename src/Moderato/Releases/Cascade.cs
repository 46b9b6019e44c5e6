using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Statistics.Curves;

namespace Moderato.Releases;

/// <summary>
/// A release at work: text → scores → verdict. Thread-safe; a content's decision depends on nothing but the content and
/// the release.
/// </summary>
public sealed class Cascade
{
    /// <summary>The language of text whose language is not known.</summary>
    public const string UnknownLanguage = "und";

    private readonly NgramClassifier ngram;
    private readonly string[] categories;
    private readonly int[] modelIndexes;
    /// <summary>Null for a category that only a later tier judges.</summary>
    private readonly CalibrationMap?[] calibration;
    private readonly CategoryThresholds[] thresholds;
    private readonly CutBins[] ownCuts;

    /// <summary>A bit for each category that is fit for the language.</summary>
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> fit;

    private readonly uint fitUnknown;

    /// <exception cref="ArgumentException">Names all that is wrong with the release.</exception>
    public Cascade(Release release, NgramModel model)
    {
        var errors = ReleaseErrors.Of(release, model);
        if (errors.Count > 0)
        {
            throw new ArgumentException($"The release cannot be used: {string.Join("; ", errors)}.", nameof(release));
        }

        Release = release;
        ngram = new NgramClassifier(model);
        categories = [.. release.JudgedCategories()];
        Categories = categories;
        modelIndexes = [.. categories.Select(category => model.Categories.ToList().IndexOf(category))];
        calibration = [.. categories.Select(category => release.Calibration.GetValueOrDefault(category))];
        thresholds = [.. categories.Select(category => release.Thresholds[category])];
        ownCuts = [.. thresholds.Select(own => own.Cuts.Bins)];
        var masks = new Dictionary<string, uint>(StringComparer.OrdinalIgnoreCase);
        for (int c = 0; c < categories.Length; c++)
        {
            foreach (string language in release.Languages.GetValueOrDefault(categories[c]) ?? [])
            {
                masks[language] = masks.GetValueOrDefault(language) | (1u << c);
            }
        }

        fit = masks.GetAlternateLookup<ReadOnlySpan<char>>();
        fitUnknown = masks.GetValueOrDefault(UnknownLanguage);
    }

    public Release Release { get; }

    public NgramModel Model => ngram.Model;

    /// <summary>The order of scores.</summary>
    public IReadOnlyList<string> Categories { get; }

    public CascadeDecision Decide(string text, string? language = null, string? surface = null)
    {
        Span<double> scores = stackalloc double[Categories.Count];
        var verdict = Decide(text, language, surface, scores);
        var judged = new Dictionary<string, double>();
        for (int c = 0; c < scores.Length; c++)
        {
            if (!double.IsNaN(scores[c]))
            {
                judged.Add(Categories[c], scores[c]);
            }
        }

        return new CascadeDecision(verdict.Verdict, verdict.Category < 0 ? null : Categories[verdict.Category], judged, TierModel.Ngram);
    }

    /// <summary>The same without allocation.</summary>
    /// <param name="language">As in <see cref="Release.Languages"/>; of a tag such as <c>pt-BR</c> the part before the hyphen counts. Null is <see cref="UnknownLanguage"/>.</param>
    /// <param name="scores">Receives a score in [0,1] of 4 decimals for each category, NaN for one that is not fit for the language.</param>
    public CascadeVerdict Decide(ReadOnlySpan<char> text, string? language, string? surface, Span<double> scores)
    {
        Span<double> logits = stackalloc double[NgramModel.Lanes];
        ngram.Logits(text, logits);
        Score(logits, language, scores);
        return Decide(scores, language, surface);
    }

    /// <summary>The same for text that is UTF-8; what is not UTF-8 in it counts as U+FFFD.</summary>
    public CascadeVerdict DecideUtf8(ReadOnlySpan<byte> text, string? language, string? surface, Span<double> scores)
    {
        Span<double> logits = stackalloc double[NgramModel.Lanes];
        ngram.LogitsUtf8(text, logits);
        Score(logits, language, scores);
        return Decide(scores, language, surface);
    }

    /// <summary>
    /// The verdict that scores give: the worst over the categories, and of those with the worst the category with the largest
    /// margin over its cut (the cut that was passed; for safe content the lowest cut). No score at all is borderline: what
    /// nobody could judge is never safe, a person decides.
    /// </summary>
    /// <param name="scores">In the order of <see cref="Categories"/>; NaN where a category was not judged.</param>
    public CascadeVerdict Decide(ReadOnlySpan<double> scores, string? language, string? surface)
    {
        var worst = new CascadeVerdict(Verdict.Borderline, CascadeVerdict.NotJudged);
        double largest = double.NegativeInfinity;
        for (int c = 0; c < thresholds.Length; c++)
        {
            if (double.IsNaN(scores[c]))
            {
                continue;
            }

            var cuts = thresholds[c].For(language, surface);
            var verdict = (ReferenceEquals(cuts, thresholds[c].Cuts) ? ownCuts[c] : cuts.Bins).Decide(ScoreBin.Of(scores[c]));
            double margin = scores[c] - CutOf(cuts, verdict);
            if (worst.Category == CascadeVerdict.NotJudged || verdict > worst.Verdict || (verdict == worst.Verdict && margin > largest))
            {
                worst = new(verdict, c);
                largest = margin;
            }
        }

        return worst;
    }

    /// <summary>Whether the first tier gives content in a language a score in the category.</summary>
    public bool Judges(string category, string language)
    {
        int which = Array.IndexOf(categories, category);
        return which >= 0 && (JudgedIn(language) >> which & 1) != 0;
    }

    /// <summary>The cuts of one of <see cref="Categories"/> for content of this language and surface.</summary>
    public Cuts CutsOf(string category, string? language, string? surface) => Release.Thresholds[category].For(language, surface);

    private void Score(ReadOnlySpan<double> logits, string? language, Span<double> scores)
    {
        uint judged = JudgedIn(language);
        for (int c = 0; c < calibration.Length; c++)
        {
            scores[c] = (judged >> c & 1) != 0 ? calibration[c]!.Score(logits[modelIndexes[c]]) : double.NaN;
        }
    }

    /// <returns>A bit for each category that is fit for the language.</returns>
    private uint JudgedIn(string? language)
    {
        if (language is null)
        {
            return fitUnknown;
        }

        var primary = language.AsSpan();
        int hyphen = primary.IndexOf('-');
        return fit.TryGetValue(hyphen < 0 ? primary : primary[..hyphen], out uint judged) ? judged : 0;
    }

    /// <summary>A cut that is never reached lies just above every score.</summary>
    private static double CutOf(Cuts cuts, Verdict verdict) =>
        (verdict == Verdict.Violating ? cuts.BlockFrom : cuts.ReviewFrom ?? cuts.BlockFrom) ?? 1.0001;
}
