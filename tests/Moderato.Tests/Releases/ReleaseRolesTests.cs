using Moderato.Releases;

namespace Moderato.Tests.Releases;

public sealed class ReleaseRolesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ReleaseRoles OnlyA = new() { Live = "a" };

    [Fact]
    public void What_is_promoted_is_live_and_neither_canary_nor_shadow()
    {
        var roles = Done(Done(Done(OnlyA.TryOn("b", 5)).Follow("b")).Promote("b", null, Now));
        Assert.Equal(new ReleaseRoles { Live = "b" }, roles);
    }

    [Fact]
    public void A_time_boxed_release_ends_by_itself_at_its_time_and_not_before()
    {
        var roles = Done(OnlyA.Promote("b", Now.AddHours(48), Now));
        Assert.Equal("b", roles.At(Now.AddHours(48).AddTicks(-1)).Live);
        Assert.Equal(OnlyA, roles.At(Now.AddHours(48)));
    }

    [Fact]
    public void An_override_over_an_override_returns_to_what_was_live_before_both()
    {
        var roles = Done(Done(OnlyA.Promote("b", Now.AddHours(1), Now)).Promote("c", Now.AddHours(2), Now));
        Assert.Equal(("c", "a"), (roles.Live, roles.Before));
    }

    [Fact]
    public void An_override_that_is_promoted_for_good_stays()
    {
        var roles = Done(Done(OnlyA.Promote("b", Now.AddHours(1), Now)).Promote("b", null, Now));
        Assert.Equal(new ReleaseRoles { Live = "b" }, roles.At(Now.AddYears(1)));
    }

    [Fact]
    public void A_rollback_ends_an_override() => Assert.Equal(OnlyA, Done(Done(OnlyA.Promote("b", Now.AddHours(1), Now)).RollBack("a")));

    [Fact]
    public void What_makes_no_sense_is_refused_with_a_remedy()
    {
        var running = Done(OnlyA.Promote("b", Now.AddHours(1), Now));
        RoleChange[] refused =
        [
            OnlyA.Promote("a", null, Now), OnlyA.Promote("b", Now, Now), OnlyA.Promote("a", Now.AddHours(1), Now), running.Promote("a", Now.AddHours(2), Now),
            OnlyA.RollBack(null), OnlyA.RollBack("a"), OnlyA.TryOn("a", 5), OnlyA.TryOn("b", 0), OnlyA.Follow("a"), OnlyA.EndShadow("b"),
        ];
        Assert.All(refused, change => Assert.NotEmpty(Assert.IsType<RoleChange.Refused>(change).Remedy));
    }

    private static ReleaseRoles Done(RoleChange change) => Assert.IsType<RoleChange.Done>(change).Roles;
}
