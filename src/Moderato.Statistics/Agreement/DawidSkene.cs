namespace Moderato.Statistics.Agreement;

/// <summary>
/// Truth and each worker's errors from nothing but their votes (Dawid and Skene 1979; crowd-kit's <c>DawidSkene</c>): EM from
/// vote shares, P(task is t) ∝ prior_t · Π P(worker says l | t). Perfectly tied votes sit on a saddle where rounding decides.
/// </summary>
/// <param name="Priors">Share of each true label.</param>
/// <param name="Posterior">Tasks × labels: P(the task's true label).</param>
/// <param name="Confusion">Workers × true × told; 0 for what a worker never said.</param>
public sealed record DawidSkene(
    IReadOnlyList<double> Priors, IReadOnlyList<IReadOnlyList<double>> Posterior, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Confusion)
{
    /// <summary>Nothing is less likely: a worker who never erred may yet.</summary>
    private const double Least = 1e-10;

    /// <exception cref="ArgumentException">There are no ratings, or a task between has none.</exception>
    public static DawidSkene Fit(IReadOnlyList<Rating> ratings, int labels, int iterations = 100)
    {
        if (ratings.Count == 0)
        {
            throw new ArgumentException("There are no ratings.", nameof(ratings));
        }

        double[][] posterior = [.. MajorityVote.Of(ratings, labels).Select(vote => vote.Shares.ToArray())];
        double[] priors = Means(posterior, labels);
        int workers = ratings.Max(rating => rating.Worker) + 1;
        var errors = Errors(ratings, posterior, workers, labels);
        for (int i = 0; i < iterations; i++)
        {
            posterior = Truth(ratings, posterior.Length, Array.ConvertAll(priors, prior => Math.Max(prior, Least)), errors);
            priors = Means(posterior, labels);
            errors = Errors(ratings, posterior, workers, labels);
        }

        return new(
            [.. priors.Select(prior => Math.Max(prior, Least))],
            [.. posterior.Select(task => (double[])[.. task.Select(p => Math.Max(p, Least))])],
            [.. errors.Select(worker => (IReadOnlyList<IReadOnlyList<double>>)[.. worker.Select(row => (IReadOnlyList<double>)row)])]);
    }

    private static double[] Means(double[][] posterior, int labels) =>
        [.. Enumerable.Range(0, labels).Select(label => posterior.Average(task => task[label]))];

    /// <summary>Workers × true × told.</summary>
    private static double[][][] Errors(IReadOnlyList<Rating> ratings, double[][] posterior, int workers, int labels)
    {
        var errors = new double[workers][][];
        var told = new bool[workers, labels];
        for (int worker = 0; worker < workers; worker++)
        {
            errors[worker] = [.. Enumerable.Range(0, labels).Select(_ => new double[labels])];
        }

        foreach (var rating in ratings)
        {
            told[rating.Worker, rating.Label] = true;
            for (int truth = 0; truth < labels; truth++)
            {
                errors[rating.Worker][truth][rating.Label] += posterior[rating.Task][truth];
            }
        }

        for (int worker = 0; worker < workers; worker++)
        {
            foreach (double[] row in errors[worker])
            {
                for (int label = 0; label < labels; label++)
                {
                    row[label] = told[worker, label] ? Math.Max(row[label], Least) : 0;
                }

                double sum = row.Sum();
                for (int label = 0; label < labels && sum > 0; label++)
                {
                    row[label] /= sum;
                }
            }
        }

        return errors;
    }

    private static double[][] Truth(IReadOnlyList<Rating> ratings, int tasks, double[] priors, double[][][] errors)
    {
        var logs = new double[tasks][];
        for (int task = 0; task < tasks; task++)
        {
            logs[task] = Array.ConvertAll(priors, Math.Log);
        }

        foreach (var rating in ratings)
        {
            for (int truth = 0; truth < priors.Length; truth++)
            {
                logs[rating.Task][truth] += Math.Log(errors[rating.Worker][truth][rating.Label]);
            }
        }

        return Array.ConvertAll(logs, task =>
        {
            double most = task.Max();
            double[] likelihood = Array.ConvertAll(task, log => Math.Exp(log - most));
            double sum = likelihood.Sum();
            return Array.ConvertAll(likelihood, value => value / sum);
        });
    }
}
