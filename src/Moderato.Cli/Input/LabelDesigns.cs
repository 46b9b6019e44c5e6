using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>Tells from the columns and the operator's word how labels came to be: whether a rate may be estimated from them.</summary>
internal static class LabelDesigns
{
    /// <exception cref="InputException">The operator's word and the column "label_source" contradict each other.</exception>
    public static LabelDesign Of(sbyte[] labels, double[]? probabilities, LabelSource[]? sources, bool stated, List<string> assumed)
    {
        long labelled = labels.LongCount(label => label >= 0);
        if (labelled == 0)
        {
            return new LabelDesign.None();
        }

        var counts = new long[Enum.GetValues<LabelSource>().Length];
        long known = 0;
        long disbelieved = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] < 0)
            {
                continue;
            }

            var source = sources?[row] ?? LabelSource.Unknown;
            counts[(int)source]++;
            if (probabilities is not null && !double.IsNaN(probabilities[row]))
            {
                if (IsSelective(source))
                {
                    probabilities[row] = double.NaN;
                    disbelieved++;
                }
                else
                {
                    known++;
                }
            }
        }

        if (disbelieved > 0)
        {
            assumed.Add($"{disbelieved} labels have an inclusion probability, but came from {Selective(counts)}; no rate uses them.");
        }

        if (known > 0)
        {
            if (stated)
            {
                assumed.Add("Column \"inclusion_probability\" says more than --labels random; it is used.");
            }

            if (known + disbelieved < labelled)
            {
                assumed.Add($"{labelled - known - disbelieved} labels have no inclusion probability; no rate uses them.");
            }

            return new LabelDesign.Known(probabilities!);
        }

        string selective = Selective(counts);
        if (stated)
        {
            return selective.Length == 0
                ? new LabelDesign.Random()
                : throw new InputException(
                    "--labels random", $"column \"label_source\" says that labels came from {selective}, which is no random sample",
                    "leave --labels random away, or empty the labels that were not drawn at random");
        }

        return new LabelDesign.Unknown(selective.Length > 0
            ? $"the {labelled} labels came from {selective}, which is no random sample: they show what was found there, not how often it occurs; label the contents that `moderato sample` draws"
            : $"nothing says how the {labelled} labelled rows were chosen: if they are a simple random sample, say so with --labels random; if not, label the contents that `moderato sample` draws");
    }

    /// <summary>People chose to look: what they found says nothing about what they did not look at.</summary>
    private static bool IsSelective(LabelSource source) =>
        source is LabelSource.Queue or LabelSource.Appeal or LabelSource.Complaint or LabelSource.Gold or LabelSource.Import;

    private static string Selective(long[] counts) => string.Join(", ", Enum.GetValues<LabelSource>()
        .Where(source => IsSelective(source) && counts[(int)source] > 0)
        .Select(source => source switch
        {
            LabelSource.Queue => "the review queue",
            LabelSource.Appeal => "appeals",
            LabelSource.Complaint => "complaints",
            LabelSource.Gold => "gold items",
            _ => "imports",
        }));
}
