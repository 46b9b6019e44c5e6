using System.CommandLine;
using Moderato.Cli.Input;
using Moderato.Releases;

namespace Moderato.Cli.Commands;

/// <summary>Options that several commands have, under one name and with one meaning.</summary>
public static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output, and nothing else there.",
    };

    /// <summary>A seed for everything that is drawn at random: the same seed gives the same result.</summary>
    public static Option<int> Seed { get; } = new("--seed")
    {
        Description = "Seed of what is drawn at random; the same seed draws the same.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    public static Option<double?> PerDay { get; } = new("--per-day")
    {
        Description = "Contents a day, where the log has no time.",
        HelpName = "N",
    };

    public static Option<double?> ReviewerError { get; } = new("--reviewer-error")
    {
        Description = "Share of the reviews that end in the wrong verdict, as 0.05.",
        HelpName = "SHARE",
    };

    /// <summary>Said where the option is made and not where a command is: options are shared by all commands that are made.</summary>
    public static Option<T> OneOf<T>(this Option<T> option, params string[] values)
    {
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    /// <exception cref="InputException">It is not from 0 to below a half: such reviewers would tell nothing.</exception>
    public static double? ReviewerErrorOf(ParseResult parse) => parse.GetValue(ReviewerError) is { } share
        ? share is >= 0 and < .5
            ? share
            : throw new InputException("--reviewer-error", FormattableString.Invariant($"{share}"), "give a share from 0 to below 0.5: at a half reviews tell nothing")
        : null;

    /// <exception cref="InputException">It is not above 0.</exception>
    public static double? ContentsPerDay(ParseResult parse) => parse.GetValue(PerDay) is { } perDay
        ? perDay > 0 && double.IsFinite(perDay)
            ? perDay
            : throw new InputException("--per-day", FormattableString.Invariant($"{perDay}"), "give a number above 0")
        : null;

    public static Option<string?> Release { get; } = new("--release")
    {
        Description = "Folder of a release, as train writes it; the shipped one without it.",
        HelpName = "DIR",
    };

    /// <summary>The release that <see cref="Release"/> names, ready to decide.</summary>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static Cascade CascadeOf(ParseResult parse)
    {
        if (parse.GetValue(Release) is not { } folder)
        {
            return ReleaseFile.LoadShipped();
        }

        return Directory.Exists(folder)
            ? ReleaseFile.Load(folder)
            : throw new InputException("--release", $"there is no folder {folder}", "name a folder that `moderato train --out` wrote");
    }
}
