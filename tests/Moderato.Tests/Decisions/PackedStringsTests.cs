using CsCheck;
using Moderato.Decisions;

namespace Moderato.Tests.Decisions;

public sealed class PackedStringsTests
{
    private static readonly string[] Texts =
        ["", "a", "naïve", "😀 ok", new string('x', 700_000), new string('é', 900_000)];

    [Fact]
    public void Gives_back_what_was_added() =>
        Gen.Int[0, Texts.Length - 1].Select(i => Texts[i]).Array[0, 12].Sample(values =>
        {
            var packed = PackedStrings.From(values);
            return packed.Count == values.Length && Enumerable.Range(0, values.Length).All(i => packed[i] == values[i]);
        }, iter: 50);
}
