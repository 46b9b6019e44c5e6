namespace Moderato.Statistics.Curves;

/// <summary>How a bootstrap is drawn: clusters (rows where there are none) with replacement, percentile limits.</summary>
/// <param name="Seed">Equal seeds give equal limits.</param>
public sealed record BootstrapOptions(ulong Seed, int Resamples = 1000, double Confidence = .95);
