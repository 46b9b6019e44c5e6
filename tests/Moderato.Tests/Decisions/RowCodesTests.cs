using Moderato.Decisions;
using Xunit;

namespace Moderato.Tests.Decisions;

public sealed class RowCodesTests
{
    /// <summary>The greatest code and the one after it, of each width.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(253)]
    [InlineData(254)]
    [InlineData(65_533)]
    [InlineData(65_534)]
    [InlineData(3_000_000)]
    public void Gives_back_what_was_put_in_whatever_the_width(int most)
    {
        int[] codes = [CodedColumn.Missing, most, 0, most / 2, CodedColumn.Missing];

        var builder = new RowCodes.Builder();
        foreach (int code in codes)
        {
            builder.Add(code);
        }

        Assert.Equal(codes, RowCodes.From(codes));
        Assert.Equal(codes, builder.Build());
        Assert.Equal(codes, RowCodes.Build(codes.Length, most + 1, row => codes[row]));
        Assert.Equal([most, CodedColumn.Missing], RowCodes.From(codes).Select([1, 4]));
    }

    [Fact]
    public void A_builder_widens_twice_without_losing_a_row()
    {
        var builder = new RowCodes.Builder();
        for (int code = -1; code < 70_000; code++)
        {
            builder.Add(code);
        }

        Assert.Equal(Enumerable.Range(-1, 70_001), builder.Build());
    }

    [Fact]
    public void Nothing_is_no_rows()
    {
        Assert.Empty(RowCodes.From([]));
        Assert.Empty(new RowCodes.Builder().Build());
        Assert.False(RowCodes.From([]).Contains(CodedColumn.Missing));
    }

    [Fact]
    public void Says_whether_a_code_is_there()
    {
        RowCodes codes = new[] { 4, 300, CodedColumn.Missing };

        Assert.True(codes.Contains(300));
        Assert.True(codes.Contains(CodedColumn.Missing));
        Assert.False(codes.Contains(5));
    }
}
