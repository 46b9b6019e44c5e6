using Moderato.Statistics.Agreement;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Agreement;

public sealed class AgreementReferenceTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("agreement");

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_independent_libraries(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["Cohen"] = Cohen,
        ["Krippendorff"] = Krippendorff,
        ["Fleiss"] = Fleiss,
        ["majority vote"] = Majority,
        ["Dawid-Skene"] = Dawid,
        ["Rogan-Gladen"] = Rogan,
    });

    private static void Cohen(ReferenceCase c)
    {
        int[] a = Whole(c.Numbers("a")), b = Whole(c.Numbers("b"));
        double[] weights = c.Has("sample_weight") ? c.Numbers("sample_weight") : [];
        foreach (var (key, weight) in new[] { ("unweighted", DisagreementWeight.Unweighted), ("linear", DisagreementWeight.Linear), ("quadratic", DisagreementWeight.Quadratic) })
        {
            Defined(c, key, CohenKappa.Of(a, b, weights, weight));
        }

        c.Expect("observed_agreement", CohenKappa.ObservedAgreement(a, b, weights).Value);
    }

    private static void Krippendorff(ReferenceCase c)
    {
        double[][] raters = c.Table("ratings_by_rater");
        double[][] units = [.. Enumerable.Range(0, raters[0].Length).Select(unit => (double[])[.. raters.Select(rater => rater[unit]).Where(value => !double.IsNaN(value))])];
        foreach (var (key, level) in new[] { ("nominal", MeasurementLevel.Nominal), ("ordinal", MeasurementLevel.Ordinal), ("interval", MeasurementLevel.Interval) })
        {
            Defined(c, key, KrippendorffAlpha.Of(units, level));
        }
    }

    private static void Fleiss(ReferenceCase c)
    {
        int[][] counts = [.. c.Table("counts").Select(Whole)];
        Defined(c, "fleiss", FleissKappa.Of(counts));
        Defined(c, "randolph", FleissKappa.FreeMarginal(counts));
    }

    private static void Majority(ReferenceCase c)
    {
        // Crowd-kit's labels stand in the order in which they first appear, and the first of tied ones wins.
        var (ratings, labels) = Ratings(c);
        int[] order = [.. ratings.Select(rating => rating.Label).Distinct()];
        var votes = MajorityVote.Of([.. ratings.Select(rating => rating with { Label = Array.IndexOf(order, rating.Label) })], labels);
        c.Expect("tasks", [.. Enumerable.Range(0, votes.Count).Select(task => (double)task)]);
        c.Expect("labels", [.. votes.Select(vote => (double)order[vote.Label])]);
        c.Expect("shares", [.. votes.Select(vote => vote.Shares.ToArray())]);
    }

    private static void Dawid(ReferenceCase c)
    {
        var (ratings, labels) = Ratings(c);
        var fit = DawidSkene.Fit(ratings, labels, c.Integer("iterations"));
        c.Expect("labels", [.. Enumerable.Range(0, labels).Select(label => (double)label)]);
        c.Expect("workers", [.. Enumerable.Range(0, fit.Confusion.Count).Select(worker => (double)worker)]);
        c.Expect("priors", [.. fit.Priors]);
        c.Expect("posterior_by_task", [.. fit.Posterior.Select(task => task.ToArray())]);
        var workers = c.Expected("confusion_worker_true_told").EnumerateArray().ToArray();
        Assert.Equal(workers.Length, fit.Confusion.Count);
        for (int worker = 0; worker < workers.Length; worker++)
        {
            double[][] theirs = [.. workers[worker].EnumerateArray().Select(row => (double[])[.. row.EnumerateArray().Select(value => value.GetDouble())])];
            for (int truth = 0; truth < labels; truth++)
            {
                for (int told = 0; told < labels; told++)
                {
                    Assert.Equal(theirs[truth][told], fit.Confusion[worker][truth][told], c.Tolerance);
                }
            }
        }
    }

    private static void Rogan(ReferenceCase c)
    {
        var ours = RoganGladen.Of(
            c.Number("apparent"), c.Number("sensitivity"), c.Number("specificity"), c.Integer("n"), c.Integer("n_sensitivity"), c.Integer("n_specificity"));
        if (c.Error() is not null)
        {
            Assert.IsType<Outcome<RoganGladen>.Undefined>(ours);
            return;
        }

        c.Expect("raw", ours.Value.Raw);
        c.Expect("clipped", ours.Value.Estimate);
        c.Expect("standard_error", ours.Value.StandardError);
    }

    private static (Rating[] Ratings, int Labels) Ratings(ReferenceCase c)
    {
        Rating[] ratings = [.. c.Table("votes_task_worker_label").Select(vote => new Rating((int)vote[0], (int)vote[1], (int)vote[2]))];
        return (ratings, ratings.Max(rating => rating.Label) + 1);
    }

    private static void Defined(ReferenceCase c, string key, Outcome<double> ours)
    {
        if (c.Error(key) is not null)
        {
            Assert.IsType<Outcome<double>.Undefined>(ours);
        }
        else
        {
            c.Expect(key, ours.Value);
        }
    }

    private static int[] Whole(double[] values) => Array.ConvertAll(values, value => (int)value);
}
