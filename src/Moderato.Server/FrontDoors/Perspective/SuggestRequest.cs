using System.Text.Json;

namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>What <c>comments:suggestscore</c> is told: what a comment's scores should have been.</summary>
/// <param name="Scores">By attribute; those of spans are passed over, since a label is of a whole content.</param>
internal sealed record SuggestRequest(string Text, IReadOnlyList<(PerspectiveAttribute Attribute, double Value)> Scores, IReadOnlyList<string> Languages, string? ClientToken)
{
    /// <returns>The request, or what is wrong with it.</returns>
    public static (SuggestRequest? Request, PerspectiveError? Error) Read(JsonElement body)
    {
        try
        {
            var fields = new PerspectiveFields(body);
            var (text, wrong) = AnalyzeRequest.CommentText(fields);
            if (wrong is not null)
            {
                return (null, wrong);
            }

            var scores = Suggested(fields);
            return scores.Count == 0
                ? (null, PerspectiveError.Invalid("attribute_scores must not be empty: give a summaryScore for at least one attribute."))
                : (new(text, scores, fields.Strings("languages"), fields.String("clientToken")), null);
        }
        catch (PerspectiveFields.WrongException wrong)
        {
            return (null, PerspectiveError.Invalid(wrong.Message));
        }
    }

    private static List<(PerspectiveAttribute, double)> Suggested(PerspectiveFields fields)
    {
        var scores = new List<(PerspectiveAttribute, double)>();
        foreach (var (name, score) in fields.Object("attributeScores")?.Members() ?? [])
        {
            var attribute = PerspectiveAttribute.Of(name) ?? throw new PerspectiveFields.WrongException($"Unknown attribute: {name}");
            if (score.Object("summaryScore")?.Number("value") is { } value)
            {
                scores.Add(value is >= 0 and <= 1
                    ? (attribute, value)
                    : throw new PerspectiveFields.WrongException($"Invalid value at 'attributeScores.{name}.summaryScore.value': a number from 0 to 1 is expected."));
            }
        }

        return scores;
    }
}
