namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>What <c>comments:analyze</c> answers.</summary>
/// <param name="AttributeScores">By attribute; one whose score is below the asked threshold is absent.</param>
/// <param name="Languages">Those asked for, else those detected.</param>
public sealed record AnalyzeResponse(
    IReadOnlyDictionary<string, AttributeScores> AttributeScores,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> DetectedLanguages,
    string? ClientToken);

public sealed record AttributeScores(IReadOnlyList<SpanScore>? SpanScores, PerspectiveScore SummaryScore);

/// <param name="Begin">The first UTF-16 code unit of the span.</param>
/// <param name="End">One past its last.</param>
public sealed record SpanScore(int Begin, int End, PerspectiveScore Score);

/// <param name="Value">In [0,1], 4 decimals.</param>
public sealed record PerspectiveScore(double Value)
{
    public string Type => "PROBABILITY";
}

public sealed record SuggestScoreResponse(string? ClientToken, IReadOnlyList<string> RequestedLanguages, IReadOnlyList<string> DetectedLanguages);
