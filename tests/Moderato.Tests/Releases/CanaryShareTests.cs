using System.Globalization;
using Moderato.Releases;

namespace Moderato.Tests.Releases;

public sealed class CanaryShareTests
{
    private const int Authors = 20_000;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(100, Authors, Authors)]
    [InlineData(0.5, 60, 145)]
    [InlineData(25, 4_750, 5_250)]
    public void It_takes_its_share_of_the_authors(double percent, int least, int most) =>
        Assert.InRange(Enumerable.Range(0, Authors).Count(author => new CanaryShare("r1", percent).Takes(author, "any")), least, most);

    [Fact]
    public void An_author_is_taken_whatever_the_content_and_a_content_without_author_by_its_id()
    {
        var share = new CanaryShare("r1", 50);
        Assert.All(Enumerable.Range(0, 100), author => Assert.Equal(share.Takes(author, "a"), share.Takes(author, "b")));
        Assert.InRange(Enumerable.Range(0, 1_000).Count(id => share.Takes(null, id.ToString(CultureInfo.InvariantCulture))), 420, 580);
    }

    [Fact]
    public void A_larger_share_has_all_of_a_smaller_one_and_another_release_others()
    {
        var small = Enumerable.Range(0, Authors).Where(author => new CanaryShare("r1", 10).Takes(author, "")).ToHashSet();
        Assert.All(small, author => Assert.True(new CanaryShare("r1", 30).Takes(author, "")));
        Assert.InRange(small.Count(author => new CanaryShare("r2", 10).Takes(author, "")), 120, 290);
    }
}
