namespace Moderato.Statistics.HypothesisTests;

/// <summary>Which departures from the null a test looks for.</summary>
public enum Alternative
{
    TwoSided,

    /// <summary>The first sample, count or cell is the greater one.</summary>
    Greater,

    Less,
}
