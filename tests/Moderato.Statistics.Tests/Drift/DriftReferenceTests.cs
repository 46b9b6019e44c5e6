using System.Text.Json;
using Moderato.Statistics.Drift;
using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Drift;

/// <summary>
/// The whole of drift.json and attribution.json. Ours: PSI on the reference's quantiles with ½ added to each count, Jensen–Shannon
/// in bits, Hellinger in [0,1], Wasserstein over the population's σ. Other tools bin otherwise: there the shares in their bins are
/// compared, not their choice of bins.
/// </summary>
public sealed class DriftReferenceTests
{
    private const string TheirBins = "Their choice of bins; ours are the reference's quantiles.";

    private static readonly ReferenceFile DriftFile = ReferenceFile.Read("drift");
    private static readonly ReferenceFile AttributionFile = ReferenceFile.Read("attribution");

    private static readonly Dictionary<string, Action<ReferenceCase>> DriftHandlers = new()
    {
        ["PSI quantile bins"] = QuantilePsi,
        ["Evidently PSI and JS, numeric"] = EvidentlyNumbers,
        ["NannyML JS and Hellinger, numeric"] = NannyNumbers,
        ["Wasserstein over sigma"] = OverSigma,
        ["categories"] = Categories,
        ["domain classifier AUC"] = Auc,
    };

    public static TheoryData<string> DriftCases => DriftFile.Names;

    public static TheoryData<string> AttributionCases => AttributionFile.Names;

    [Theory]
    [MemberData(nameof(DriftCases))]
    public void Drift_agrees_with_independent_libraries(string name) => DriftFile.Check(name, DriftHandlers);

    [Theory]
    [MemberData(nameof(AttributionCases))]
    public void Attribution_agrees_with_exact_fractions(string name) =>
        AttributionFile.Check(name, new Dictionary<string, Action<ReferenceCase>> { ["attribution"] = Attributed });

    private static void QuantilePsi(ReferenceCase c)
    {
        double[] reference = c.Numbers("reference"), current = c.Numbers("current");
        double[] edges = QuantileBins.Edges(reference, c.Integer("bins"));
        double[] inReference = QuantileBins.Counts(edges, reference), inCurrent = QuantileBins.Counts(edges, current);
        var psi = PopulationStabilityIndex.Of(reference, current, c.Integer("bins"));
        c.Expect("edges", edges);
        c.Expect("reference_counts", inReference);
        c.Expect("current_counts", inCurrent);
        c.Expect("psi_floor", PopulationStabilityIndex.Floored(inReference, inCurrent));
        c.Expect("psi_half_count", psi.Value);
        c.Expect("null_statistic_half_count", psi.NullStatistic);
        c.Expect("degrees_of_freedom", psi.DegreesOfFreedom);
        c.ExpectRelatively("pvalue_half_count", psi.PValue);
    }

    private static void EvidentlyNumbers(ReferenceCase c)
    {
        double[] reference = [.. c.Expected("reference_shares").EnumerateArray().Select(share => share.GetDouble())];
        double[] current = [.. c.Expected("current_shares").EnumerateArray().Select(share => share.GetDouble())];
        c.LeaveOut("edges", TheirBins);
        c.Expect("psi", PopulationStabilityIndex.Floored(reference, current));
        c.Expect("js_distance_base_e", JensenShannon.Distance(reference, current) * Math.Sqrt(Math.Log(2)));
        c.Expect("js_distance_base_2", JensenShannon.Distance(reference, current));
    }

    private static void NannyNumbers(ReferenceCase c)
    {
        double[] edges = [.. c.Expected("edges").EnumerateArray().Select(edge => edge.GetDouble())];
        double[] reference = EqualWidth(edges, c.Numbers("reference")), current = EqualWidth(edges, c.Numbers("current"));
        c.Expect("js_distance_base_2", JensenShannon.Distance(reference, current));
        c.Expect("hellinger", HellingerDistance.Of(reference, current));

        // numpy.histogram: closed below, the last bin closed on both sides; one further bin for what lies outside.
        static double[] EqualWidth(double[] edges, double[] values)
        {
            var counts = new double[edges.Length];
            foreach (double value in values)
            {
                int bin = Array.FindLastIndex(edges, edge => edge <= value);
                counts[value == edges[^1] ? edges.Length - 2 : bin < 0 ? edges.Length - 1 : bin]++;
            }

            return counts;
        }
    }

    private static void OverSigma(ReferenceCase c)
    {
        double[] reference = c.Numbers("reference"), current = c.Numbers("current");
        c.Expect("normed", WassersteinDistance.OverSigma(reference, current)!.Value);
        c.Expect("distance", WassersteinDistance.Of(reference, current));
        c.Expect("sigma_ddof_0", WassersteinDistance.Of(reference, current) / WassersteinDistance.OverSigma(reference, current)!.Value);
        c.LeaveOut("sigma_ddof_1", "Evidently divides by the population's σ, and so do we.");
    }

    private static void Categories(ReferenceCase c)
    {
        double[] reference = c.Numbers("reference_counts"), current = c.Numbers("current_counts");
        c.Expect("total_variation", TotalVariation.Of(reference, current));
        c.Expect("hellinger", HellingerDistance.Of(reference, current));
        c.Expect("js_divergence_base_2", JensenShannon.Divergence(reference, current));
        c.Expect("js_divergence_base_e", JensenShannon.Divergence(reference, current) * Math.Log(2));
        c.Expect("js_distance_base_e_evidently", JensenShannon.Distance(reference, current) * Math.Sqrt(Math.Log(2)));
        c.Expect("psi_floor_evidently", PopulationStabilityIndex.Floored(reference, current));
        c.Expect("psi_half_count", PopulationStabilityIndex.OfCounts(reference, current).Value);
        if (c.Name.EndsWith("six equal classes", StringComparison.Ordinal))
        {
            c.LeaveOut("js_distance_base_2_nannyml", "NannyML makes a bin of the rounding error of Σq, and its answer is NaN.");
            Assert.Equal(0, JensenShannon.Distance(reference, current));
            return;
        }

        c.Expect("js_distance_base_2_nannyml", JensenShannon.Distance(reference, current));
    }

    private static void Auc(ReferenceCase c)
    {
        var auc = DomainAuc.Of(c.Numbers("score_reference"), c.Numbers("score_current"));
        c.Expect("auc", auc.Auc);
        c.Expect("null_se", auc.NullStandardError);
        c.Expect("z", auc.Z);
        c.ExpectRelatively("pvalue_greater", auc.PValue);
    }

    private static void Attributed(ReferenceCase c)
    {
        var slices = c.Input("slices").EnumerateObject().ToArray();
        var ours = Attribution.Of([.. slices.Select(slice => new SliceCounts(
            Count(slice, "safe_before"), Count(slice, "fp_before"), Count(slice, "safe_after"), Count(slice, "fp_after")))]);
        if (c.Error() is not null)
        {
            Assert.Null(ours);
            return;
        }

        c.Expect("change", ours!.Change);
        c.Expect("mix_total", ours.Mix);
        c.Expect("rate_total", ours.Rate);
        for (int i = 0; i < slices.Length; i++)
        {
            c.Expect($"mix/{slices[i].Name}", ours.Slices[i].Mix);
            c.Expect($"rate/{slices[i].Name}", ours.Slices[i].Rate);
        }

        static double Count(JsonProperty slice, string key) => slice.Value.GetProperty(key).GetDouble();
    }
}
