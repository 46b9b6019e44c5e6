using Moderato.Webhooks;

namespace Moderato.Tests.Webhooks;

public sealed class EventFilterTests
{
    private static readonly Judged Safe = new("safe", "hate");
    private static readonly Judged Violating = new("violating", "hate");

    [Fact]
    public void Without_verdicts_and_categories_the_kind_decides()
    {
        var filter = new EventFilter(["decision.made"], null, null);
        Assert.True(filter.Wants("decision.made", Safe));
        Assert.True(filter.Wants("decision.made", new Judged("borderline", null)));
        Assert.False(filter.Wants("decision.final", Safe));
    }

    [Fact]
    public void Verdict_and_category_have_to_be_those_of_one_and_the_same_judgement()
    {
        var filter = new EventFilter(["decision.made"], ["violating"], ["spam"]);
        Assert.False(filter.Wants("decision.made", Violating));
        Assert.False(filter.Wants("decision.made", Violating, new Judged("safe", "spam")));
        Assert.True(filter.Wants("decision.made", new Judged("violating", "spam")));
        Assert.False(filter.Wants("decision.made", new Judged("violating", null)));
    }

    [Fact]
    public void Who_was_told_that_it_violates_is_told_when_it_no_longer_does()
    {
        var filter = new EventFilter(["decision.reversed"], ["violating"], null);
        Assert.True(filter.Wants("decision.reversed", Safe, Violating));
        Assert.False(filter.Wants("decision.reversed", Safe, new Judged("borderline", "hate")));
    }

    [Fact]
    public void About_nothing_nobody_is_told() => Assert.False(new EventFilter(["decision.made"], null, null).Wants("decision.made"));
}
