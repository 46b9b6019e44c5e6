using Moderato.Classification;

namespace Moderato.Improvement.Training;

/// <summary>
/// Rounds weights to int8 with one scale a lane. The scale is the one with the least squared error over the lane's weights:
/// cutting off a few of the largest costs less than a coarser step for all.
/// </summary>
public static class Quantiser
{
    private const int Largest = 127;
    private const int Candidates = 40;

    public static NgramModel Quantise(TrainedWeights trained, string version, IReadOnlyList<string> categories, TrainingSettings settings)
    {
        const int Lanes = NgramModel.Lanes;
        var weights = new sbyte[trained.Table.Length];
        var scales = new float[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            float scale = BestScale(trained.Table, lane);
            scales[lane] = scale;
            for (int i = lane; i < weights.Length; i += Lanes)
            {
                weights[i] = (sbyte)Rounded(trained.Table[i], scale);
            }
        }

        return new NgramModel
        {
            Version = version,
            Categories = categories,
            Families = settings.Families,
            Weights = weights,
            Scales = scales,
            Head = trained.Head,
        };
    }

    private static float BestScale(float[] table, int lane)
    {
        float largest = 0;
        for (int i = lane; i < table.Length; i += NgramModel.Lanes)
        {
            largest = Math.Max(largest, Math.Abs(table[i]));
        }

        if (largest == 0)
        {
            return 1;
        }

        (float best, double least) = (1, double.PositiveInfinity);
        for (int k = Candidates; k >= 1; k--)
        {
            float scale = largest * k / Candidates / Largest;
            double error = 0;
            for (int i = lane; i < table.Length; i += NgramModel.Lanes)
            {
                double off = table[i] - (Rounded(table[i], scale) * scale);
                error += off * off;
            }

            if (error < least)
            {
                (best, least) = (scale, error);
            }
        }

        return best;
    }

    private static int Rounded(float weight, float scale) => Math.Clamp((int)MathF.Round(weight / scale), -Largest, Largest);
}
