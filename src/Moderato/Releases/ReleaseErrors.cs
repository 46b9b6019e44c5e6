using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Policies;

namespace Moderato.Releases;

/// <summary>Everything that is wrong with a release, each with what to change; empty when it can be used.</summary>
internal static class ReleaseErrors
{
    public static IReadOnlyList<string> Of(Release release, NgramModel model)
    {
        var errors = new List<string>();
        var defined = release.Policy.Categories.Select(definition => definition.Category).ToList();
        foreach (var category in defined.Where(category => !Category.All.Contains(category)))
        {
            errors.Add($"the policy names the category \"{category}\", which is none of {string.Join(", ", Category.All)}");
        }

        foreach (var category in defined.GroupBy(category => category).Where(group => group.Count() > 1))
        {
            errors.Add($"the policy defines \"{category.Key}\" {category.Count()} times: define it once");
        }

        foreach (var (category, map) in release.Calibration)
        {
            errors.AddRange(map.Errors().Select(error => $"the calibration of \"{category}\" {error}"));
            if (!defined.Contains(category))
            {
                errors.Add($"\"{category}\" is calibrated and not in the policy: define it there, or leave it out");
            }

            if (!model.Categories.Contains(category))
            {
                errors.Add($"\"{category}\" is calibrated and the model {model.Version} does not judge it: leave it out");
            }

            if (!release.Languages.TryGetValue(category, out var languages) || languages.Count == 0)
            {
                errors.Add($"\"{category}\" has no language that it is fit for: name some, or leave the category out");
            }
        }

        var judged = release.Calibration.Keys.Concat((release.Escalations ?? []).SelectMany(escalation => escalation.Calibration.Keys)).ToHashSet();
        foreach (var category in judged.Where(category => !release.Thresholds.ContainsKey(category)))
        {
            errors.Add($"\"{category}\" has no thresholds: give its reviewFrom and blockFrom (absent = never)");
        }

        foreach (var category in release.Thresholds.Keys.Except(judged).Concat(release.Languages.Keys.Except(release.Calibration.Keys)).Distinct())
        {
            errors.Add($"\"{category}\" has thresholds or languages and no calibration: calibrate it, or leave it out");
        }

        foreach (var (category, thresholds) in release.Thresholds)
        {
            foreach (var cuts in thresholds.Exceptions.Select(exception => exception.Cuts).Prepend(thresholds.Cuts))
            {
                errors.AddRange(Of(category, cuts));
            }

            if (thresholds.Exceptions.Any(exception => exception is { Language: null, Surface: null }))
            {
                errors.Add($"a threshold exception of \"{category}\" names neither language nor surface: name one");
            }
        }

        errors.AddRange(EscalationErrors.Of(release));
        return errors;
    }

    private static IEnumerable<string> Of(string category, Cuts cuts)
    {
        foreach (double? cut in (double?[])[cuts.ReviewFrom, cuts.BlockFrom])
        {
            if (cut is not (null or (>= 0 and <= 1)))
            {
                yield return $"a cut of \"{category}\" is {cut}: cuts lie in [0,1]";
            }
        }

        if (cuts.ReviewFrom > cuts.BlockFrom)
        {
            yield return $"\"{category}\" blocks from {cuts.BlockFrom} and reviews from {cuts.ReviewFrom}: review must not start above block";
        }
    }
}
