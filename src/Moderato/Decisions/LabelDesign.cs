namespace Moderato.Decisions;

/// <summary>How the labelled rows came to be labelled; decides whether a rate may be estimated from them at all.</summary>
public abstract record LabelDesign
{
    private LabelDesign()
    {
    }

    /// <summary>No row has a label: a normal start.</summary>
    public sealed record None : LabelDesign;

    /// <summary>The operator states that the labelled rows are a simple random sample of all rows.</summary>
    public sealed record Random : LabelDesign;

    /// <summary>Each labelled row carries the probability with which it came to be labelled; NaN on rows without one, which no rate uses.</summary>
    public sealed record Known(double[] InclusionProbabilities) : LabelDesign;

    /// <summary>Labels of unstated or selective origin (queue, appeals): composition and bounds, never a rate.</summary>
    public sealed record Unknown(string Why) : LabelDesign;
}
