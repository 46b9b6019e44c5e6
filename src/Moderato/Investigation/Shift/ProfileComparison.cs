using System.Text;
using Moderato.Classification.Languages;
using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Releases;

namespace Moderato.Investigation.Shift;

/// <summary>
/// Is this content what the release was made for? Compares it with the profile of the content that the release was trained
/// and evaluated on: words, length, language, and the scores that the release gives.
/// </summary>
public static class ProfileComparison
{
    /// <summary>The profile's sample is small, so that more of the current texts tell little more.</summary>
    private const int MostTexts = 4_000;

    private const int MostTerms = 12;
    private const int LeastSupport = 5;

    /// <summary>Most words are tried: this keeps chance from filling the list.</summary>
    private const double LeastZ = 4;

    /// <param name="evidence">All rows are current; bursts and floods among them need no reference.</param>
    /// <param name="release">Scores the texts; its <see cref="Release.Profile"/> is compared with.</param>
    /// <exception cref="ArgumentException">The release has no profile, or the table no text.</exception>
    public static ShiftAnalysis Of(Evidence evidence, Cascade release, ulong seed)
    {
        var profile = release.Release.Profile ?? throw new ArgumentException("The release carries no profile.", nameof(release));
        var table = evidence.Table;
        var texts = table.Texts ?? throw new ArgumentException("The table has no text.", nameof(evidence));
        var kish = PeriodSizes.Of(evidence);
        var sizes = kish with { Reference = profile.Contents, EffectiveReference = profile.Contents };
        var languages = table.Column("language") ?? LanguageDetector.Column("language", texts);
        var scores = Scores(profile, release, texts, languages, sizes);
        var columns = new List<ColumnShift?>
        {
            Languages(profile, languages, sizes),
            ColumnShifts.OfHistograms(ColumnShifts.Length, [.. profile.Lengths], Lengths(texts), sizes),
        };
        columns.AddRange(scores.Select(score => new ColumnShift($"score {score.Key}", score.Value.Statistic, score.Value.Effect, score.Value.P, score.Value.P)));
        var text = Text(profile, evidence, texts, seed);

        var own = ShiftAnalysis.Of(evidence with { HasReference = false }, seed);
        var missing = own.NotAssessed.Where(note => note.What != ShiftAnalysis.NoReference).ToList();
        missing.Add(new("mix shift and rate change", "a profile holds no verdicts and no labels: give --reference FILE"));
        if (text is null)
        {
            missing.Add(new("text shift", $"fewer than {TextDomain.LeastASide} distinct texts here or in the release's profile"));
        }

        var score = scores.Count == 0 ? null
            : scores.TryGetValue(table.Category, out var asked) ? asked
            : scores.Values.MaxBy(shift => shift.Effect);
        return own with
        {
            Finding = own.Finding with { Text = text, Score = score, Columns = ColumnShifts.Adjusted([.. columns.OfType<ColumnShift>()]) },
            NotAssessed = missing,
        };
    }

    private static ColumnShift? Languages(ContentProfile profile, CodedColumn languages, PeriodSizes sizes)
    {
        string[] names = [.. profile.Languages.Keys.Union(languages.Values).Where(name => name != LanguageDetector.Undetermined)];
        double[] reference = new double[names.Length + 1], current = new double[names.Length + 1];
        for (int i = 0; i < names.Length; i++)
        {
            reference[i] = profile.Languages.GetValueOrDefault(names[i]);
        }

        reference[^1] = profile.Languages.GetValueOrDefault(LanguageDetector.Undetermined);
        int[] place = [.. languages.Values.Select(value => Array.IndexOf(names, value) is var at and >= 0 ? at : names.Length)];
        foreach (int code in languages.Codes)
        {
            current[code < 0 ? names.Length : place[code]]++;
        }

        return ColumnShifts.OfCounts("language", reference, current, sizes);
    }

    private static long[] Lengths(PackedStrings texts)
    {
        var counts = new long[ContentProfile.LengthBins];
        for (int row = 0; row < texts.Count; row++)
        {
            counts[ContentProfile.LengthBin(Encoding.UTF8.GetCharCount(texts.Utf8(row)))]++;
        }

        return counts;
    }

    private static SortedDictionary<string, ScoreShift> Scores(
        ContentProfile profile, Cascade release, PackedStrings texts, CodedColumn languages, PeriodSizes sizes)
    {
        var current = release.Categories.Select(_ => new long[ContentProfile.ScoreBins]).ToArray();
        var scores = new double[release.Categories.Count];
        for (int row = 0; row < texts.Count; row++)
        {
            release.DecideUtf8(texts.Utf8(row), languages[row], null, scores);
            for (int c = 0; c < scores.Length; c++)
            {
                if (!double.IsNaN(scores[c]))
                {
                    current[c][ContentProfile.ScoreBin(scores[c])]++;
                }
            }
        }

        var shifts = new SortedDictionary<string, ScoreShift>(StringComparer.Ordinal);
        for (int c = 0; c < scores.Length; c++)
        {
            if (profile.Scores.TryGetValue(release.Categories[c], out var reference)
                && ScoreShifts.Of([.. reference], current[c], sizes) is { } shift)
            {
                shifts.Add(release.Categories[c], shift);
            }
        }

        return shifts;
    }

    private static TextShift? Text(ContentProfile profile, Evidence evidence, PackedStrings texts, ulong seed)
    {
        var sample = DomainSample.Of(evidence.Table with { Periods = null }, evidence.Clusters, seed, MostTexts);
        var features = new FeatureRows.Builder();
        var folds = new List<int>();
        foreach (var set in profile.WordSets())
        {
            features.Add(Array.ConvertAll(set, word => (int)word));
            folds.Add(folds.Count % DomainSample.Folds);
        }

        int reference = folds.Count;
        if (reference < TextDomain.LeastASide || sample.Current < TextDomain.LeastASide)
        {
            return null;
        }

        var words = new WordSet();
        foreach (int row in sample.Rows)
        {
            var distinct = words.Read(texts.Utf8(row));
            if (distinct.Count > 0)
            {
                features.Add([.. distinct.Select(word => (int)WordSet.Short(word.Hash))]);
                folds.Add(sample.FoldOf(row));
            }
        }

        bool[] current = [.. folds.Select((_, i) => i >= reference)];
        return CrossFittedDomain.Of(features.Build(), current, [.. folds], seed)?.Auc is { } auc
            ? new(auc.Auc, auc.Interval.Low, auc.Interval.High, auc.PValue, Terms(profile, texts, sample.Rows))
            : null;
    }

    /// <summary>Words that more of the current texts hold than the profile's bucket of words can account for, most telling first.</summary>
    private static IReadOnlyList<string> Terms(ContentProfile profile, PackedStrings texts, int[] rows)
    {
        var counts = new Dictionary<ulong, (int Contents, int Row, int Start, int End)>();
        var words = new WordSet();
        foreach (int row in rows)
        {
            foreach (var word in words.Read(texts.Utf8(row)))
            {
                var seen = counts.GetValueOrDefault(word.Hash, (Contents: 0, Row: row, word.Start, word.End));
                counts[word.Hash] = seen with { Contents = seen.Contents + 1 };
            }
        }

        return
        [
            .. counts.Where(word => word.Value.Contents >= LeastSupport)
                .Select(word => (word.Key, word.Value, P: word.Value.Contents / (double)rows.Length, Q: (profile.Words[WordSet.Bucket(word.Key)] + .5) / (profile.Contents + 1)))
                .Where(word => word.P < 1 && word.P - word.Q > LeastZ * Math.Sqrt((word.P * (1 - word.P) / rows.Length) + (word.Q * (1 - word.Q) / profile.Contents)))
                .OrderByDescending(word => TellingTerms.Divergence(word.P, word.Q)).ThenBy(word => word.Key)
                .Take(MostTerms)
                .Select(word => Encoding.UTF8.GetString(texts.Utf8(word.Value.Row)[word.Value.Start..word.Value.End]).ToLowerInvariant()),
        ];
    }
}
