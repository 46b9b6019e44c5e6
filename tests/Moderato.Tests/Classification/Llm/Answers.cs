using Moderato.Classification;
using Moderato.Classification.Llm;

namespace Moderato.Tests.Classification.Llm;

/// <summary>Answers as models give them, with probabilities of tokens.</summary>
internal static class Answers
{
    public static ModelAnswer Of(string text, string? finish = "stop") => new(text, [], finish);

    /// <summary>The tokens of an answer; one that is "word=.8|other=.2" has alternatives with these probabilities, the first said.</summary>
    public static ModelAnswer Tokens(params string[] tokens)
    {
        var read = tokens.Select(token =>
        {
            var chances = token.Split('|').Select(part => part.Split('='))
                .Select(part => new TokenChance(part[0], Math.Log(part.Length > 1 ? double.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture) : 1))).ToList();
            return new AnswerToken(chances[0].Text, chances[0].LogProbability, chances);
        }).ToList();
        return new(string.Concat(read.Select(token => token.Text)), read, "stop");
    }

    public static TierOutcome.Judged Judged(Adapter adapter, ModelAnswer answer, params string[] categories) =>
        Assert.IsType<TierOutcome.Judged>(AnswerReader.Read(adapter.Answer, categories, answer));

    public static ProviderFault Fault(Adapter adapter, ModelAnswer answer, params string[] categories) =>
        Assert.IsType<TierOutcome.Failed>(AnswerReader.Read(adapter.Answer, categories, answer)).Fault;
}
