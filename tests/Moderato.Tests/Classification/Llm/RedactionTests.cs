using Moderato.Classification.Llm;

namespace Moderato.Tests.Classification.Llm;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("write to jane.doe+x@mail.example.co.uk now", "write to [e-mail] now")]
    [InlineData("müller@bücher.example", "[e-mail]")]
    [InlineData("call +49 (0)170 123-4567 tonight", "call [phone] tonight")]
    [InlineData("555.123.4567", "[phone]")]
    [InlineData("card 4111 1111 1111 1111!", "card [account]!")]
    [InlineData("DE89 3704 0044 0532 0130 00 please", "[account] please")]
    [InlineData("account 12345678", "account [phone]")]
    public void Takes_out_what_identifies_people(string text, string redacted) => Assert.Equal(redacted, Redaction.Of(text));

    [Theory]
    [InlineData("14/88 1488 is a code")]
    [InlineData("on 2026-03-01 and 01.03.2026")]
    [InlineData("the year 1933, 6 million people, 12,500 euros")]
    [InlineData("@someone at 10:30")]
    [InlineData("")]
    public void Leaves_what_a_verdict_needs(string text) => Assert.Equal(text, Redaction.Of(text));
}
