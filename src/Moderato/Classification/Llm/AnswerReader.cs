namespace Moderato.Classification.Llm;

/// <summary>A model's answer → scores by category, or what is wrong with it. Nothing is guessed: what is not an answer in the format that was asked for is a failure.</summary>
public static class AnswerReader
{
    private static readonly string[] Refusals =
        ["i'm sorry", "i am sorry", "sorry", "i can't", "i cannot", "i can not", "i won't", "i will not", "i'm unable", "i am unable", "i'm not able", "i am not able", "as an ai", "i must decline"];

    /// <param name="categories">Those that it was asked about.</param>
    public static TierOutcome Read(AnswerFormat format, IReadOnlyList<string> categories, ModelAnswer answer)
    {
        if (answer.FinishReason == "content_filter")
        {
            return new TierOutcome.Failed(ProviderFault.ContentFiltered);
        }

        if (!string.IsNullOrEmpty(answer.Refusal))
        {
            return new TierOutcome.Failed(ProviderFault.Refused);
        }

        if (string.IsNullOrWhiteSpace(answer.Text))
        {
            return new TierOutcome.Failed(answer.FinishReason == "length" ? ProviderFault.CutShort : ProviderFault.NoContent);
        }

        // A verdict alone is whole with its first token, and a server that was asked for one token says so.
        if (answer.FinishReason == "length" && format is not VerdictLineFormat { Codes.Count: 0 })
        {
            return new TierOutcome.Failed(ProviderFault.CutShort);
        }

        var outcome = format switch
        {
            CategoryObjectFormat own => CategoryObjectReader.Read(own, categories, answer),
            VerdictObjectFormat own => VerdictObjectReader.Read(own, categories, answer),
            VerdictLineFormat own => VerdictLineReader.Read(own, categories, answer),
            ModerationResultFormat => ModerationResultReader.Read(categories, answer.Text),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        return outcome is TierOutcome.Failed { Fault: ProviderFault.WrongSchema or ProviderFault.UnknownVerdict } && IsRefusal(answer.Text)
            ? new TierOutcome.Failed(ProviderFault.Refused)
            : outcome;
    }

    /// <summary>Several answers to the same question: the share of samples that say violating; a sample that failed fails all.</summary>
    public static TierOutcome Agreement(IReadOnlyList<TierOutcome> samples)
    {
        if (samples.FirstOrDefault(sample => sample is not TierOutcome.Judged) is { } failed)
        {
            return failed;
        }

        var judged = samples.Cast<TierOutcome.Judged>().ToList();
        return new TierOutcome.Judged(
            judged[0].Scores.Keys.ToDictionary(category => category, category => judged.Average(sample => sample.Scores.GetValueOrDefault(category) >= 0.5 ? 1 : 0)),
            ConfidenceSource.SampleAgreement);
    }

    private static bool IsRefusal(string text)
    {
        string start = text.TrimStart().Replace('’', '\'');
        return Array.Exists(Refusals, refusal => start.StartsWith(refusal, StringComparison.OrdinalIgnoreCase));
    }
}
