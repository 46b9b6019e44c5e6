namespace Moderato.Releases;

/// <summary>Which release does what at one moment. A change makes new roles; what was is history.</summary>
public sealed record ReleaseRoles
{
    public required string Live { get; init; }

    /// <summary>When the live one ends by itself; null: when somebody ends it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which one is live again then.</summary>
    public string? Before { get; init; }

    public CanaryShare? Canary { get; init; }

    /// <summary>Decides beside the live one; what it says is kept apart and answers nobody.</summary>
    public string? Shadow { get; init; }

    /// <param name="until">Null: for good.</param>
    public RoleChange Promote(string release, DateTimeOffset? until, DateTimeOffset now)
    {
        if (release == Live && until == Until)
        {
            return new RoleChange.Refused($"{release} is live already", "promote another one, or give \"until\" to end it by itself");
        }

        if (until <= now)
        {
            return new RoleChange.Refused("the override would end before it begins", "give an \"until\" that is to come");
        }

        string? before = Before ?? Live;
        if (until is not null && release == before)
        {
            return new RoleChange.Refused($"{release} is what would be live again afterwards", "leave \"until\" out, or promote another one");
        }

        return new RoleChange.Done(Without(release) with { Live = release, Until = until, Before = until is null ? null : before });
    }

    /// <summary>Makes an earlier release live again, for good.</summary>
    public RoleChange RollBack(string? release) => release is null
        ? new RoleChange.Refused("no other release was live before", "promote one")
        : release == Live && Until is null
            ? new RoleChange.Refused($"{release} is live already", "give \"to\" another one")
            : new RoleChange.Done(Without(release) with { Live = release, Until = null, Before = null });

    /// <param name="percent">0 ends it.</param>
    public RoleChange TryOn(string release, double percent) =>
        percent == 0
            ? Canary?.Release == release ? new RoleChange.Done(this with { Canary = null }) : new RoleChange.Refused($"{release} is no canary", "nothing has to be ended")
            : release == Live
                ? new RoleChange.Refused($"{release} is live already", "a canary is another release than the live one")
                : new RoleChange.Done(this with { Canary = new(release, percent) });

    public RoleChange Follow(string release) => release == Live
        ? new RoleChange.Refused($"{release} is live already", "a shadow is another release than the live one")
        : new RoleChange.Done(this with { Shadow = release });

    public RoleChange EndShadow(string release) => Shadow == release
        ? new RoleChange.Done(this with { Shadow = null })
        : new RoleChange.Refused($"{release} is no shadow", "nothing has to be ended");

    public bool IsOver(DateTimeOffset now) => Until <= now;

    /// <summary>What holds at a moment: after its time an override is over, whether or not anybody has written so.</summary>
    public ReleaseRoles At(DateTimeOffset now) => IsOver(now) ? Without(Before!) with { Live = Before!, Until = null, Before = null } : this;

    /// <summary>The live one is neither canary nor shadow.</summary>
    private ReleaseRoles Without(string release) => this with
    {
        Canary = Canary?.Release == release ? null : Canary,
        Shadow = Shadow == release ? null : Shadow,
    };
}

/// <summary>What became of a change of roles.</summary>
public abstract record RoleChange
{
    private RoleChange()
    {
    }

    public sealed record Done(ReleaseRoles Roles) : RoleChange;

    public sealed record Refused(string Why, string Remedy) : RoleChange;
}
