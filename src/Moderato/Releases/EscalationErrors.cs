namespace Moderato.Releases;

/// <summary>Everything that is wrong with a release's later tiers, each with what to change.</summary>
internal static class EscalationErrors
{
    public static IEnumerable<string> Of(Release release)
    {
        var before = new List<string> { TierModel.Ngram };
        var defined = release.Policy.Categories.Select(definition => definition.Category).ToHashSet();
        foreach (var escalation in release.Escalations ?? [])
        {
            string tier = escalation.Tier;
            if (tier is not (TierModel.Encoder or TierModel.Llm))
            {
                yield return $"it escalates to \"{tier}\": name {TierModel.Encoder} or {TierModel.Llm}";
            }

            if (before.Contains(tier))
            {
                yield return $"it escalates to {tier} twice: name each tier once";
            }

            if (release.Tiers.All(model => model.Tier != tier))
            {
                yield return $"it escalates to {tier} and names no model of it among its tiers";
            }

            foreach (var error in escalation.Bands.Keys.Concat(escalation.Calibration.Keys).Distinct().SelectMany(category => Of(escalation, category, defined, before)))
            {
                yield return error;
            }

            before.Add(tier);
        }

        foreach (var model in release.Tiers.Select(model => model.Tier).Where(tier => tier != TierModel.Ngram).Except(before))
        {
            yield return $"its tier {model} is never asked: give an escalation to it, or leave it out";
        }
    }

    private static IEnumerable<string> Of(Escalation escalation, string category, HashSet<string> defined, List<string> before)
    {
        string place = $"\"{category}\" of the tier {escalation.Tier}";
        if (!defined.Contains(category))
        {
            yield return $"{place} is not in the policy: define it there, or leave it out";
        }

        if (!escalation.Bands.TryGetValue(category, out var band))
        {
            yield return $"{place} has a calibration and no band: give the scores with which it is asked";
        }
        else if (!(band.From >= 0 && band.From < band.To && band.To <= 1.0001))
        {
            yield return $"{place} escalates from {band.From} to {band.To}: give 0 ≤ from < to ≤ 1";
        }

        if (!escalation.Languages.TryGetValue(category, out var languages) || languages.Count == 0)
        {
            yield return $"{place} has no language that it is fit for: name some, or leave the category out";
        }

        if (!escalation.Calibration.TryGetValue(category, out var calibration))
        {
            yield return $"{place} has a band and no calibration: fit one, or leave the category out";
            yield break;
        }

        if (calibration.Prior is not (> 0 and < 1))
        {
            yield return $"{place} states a prior of {calibration.Prior}: give the share of violating contents, between 0 and 1";
        }

        if (calibration.Alone.Weights.Count != 1 || !calibration.Alone.Weights.TryGetValue(escalation.Tier, out double weight) || weight <= 0)
        {
            yield return $"{place} has to have a map on its own score alone, with a weight above 0: a tier that knows nothing is not asked";
        }

        foreach (var map in new[] { calibration.Alone, calibration.Combined }.OfType<LogisticMap>())
        {
            if (!double.IsFinite(map.Intercept) || !map.Weights.Values.All(double.IsFinite))
            {
                yield return $"{place} has a weight that is no number: fit it again";
            }

            foreach (var other in map.Weights.Keys.Except([.. before, escalation.Tier]))
            {
                yield return $"{place} rests on \"{other}\", which is no tier before it";
            }
        }
    }
}
