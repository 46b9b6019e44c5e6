using System.Text;
using CsCheck;
using Moderato.Decisions;
using Moderato.Investigation.Patterns.Signals;

namespace Moderato.Tests.Investigation.Patterns.Signals;

public sealed class TextSignalsTests
{
    [Theory]
    [InlineData(TextSignal.Quotation, "He wrote \"go back to your country\" on the wall")]
    [InlineData(TextSignal.Quotation, "Er sagte „geh zurück nach Hause“ zu ihr")]
    [InlineData(TextSignal.Quotation, "Il a crié « rentrez chez vous » hier soir")]
    [InlineData(TextSignal.Quotation, "> you people are all the same\nNo we are not")]
    [InlineData(TextSignal.Quotation, "My neighbour called me a witch today")]
    [InlineData(TextSignal.Negation, "I don't think so")]
    [InlineData(TextSignal.Negation, "Das ist nicht wahr")]
    [InlineData(TextSignal.Negation, "это не так")]
    [InlineData(TextSignal.Negation, "这不是真的")]
    [InlineData(TextSignal.Question, "really?")]
    [InlineData(TextSignal.Question, "本当？")]
    [InlineData(TextSignal.NewsRegister, "Two men were arrested after the shooting, police said on Monday.")]
    [InlineData(TextSignal.NewsRegister, "Laut Polizei gab es drei Verletzte")]
    [InlineData(TextSignal.MedicalRegister, "I was diagnosed with a cyst, should I worry?")]
    [InlineData(TextSignal.MedicalRegister, "tengo fiebre y dolor desde ayer")]
    [InlineData(TextSignal.GamingRegister, "respawn and shoot the boss again")]
    [InlineData(TextSignal.GamingRegister, "ggwp all")]
    [InlineData(TextSignal.FictionRegister, "The main character kills his brother in the season finale")]
    [InlineData(TextSignal.FictionRegister, "La película es brutal")]
    [InlineData(TextSignal.SarcasmCue, "Great plan, what could possibly go wrong")]
    [InlineData(TextSignal.SarcasmCue, "I love waiting four hours /s")]
    [InlineData(TextSignal.ReclaimedUseCue, "As a gay man I find this funny")]
    [InlineData(TextSignal.CounterSpeechCue, "That's racist and you know it")]
    [InlineData(TextSignal.CounterSpeechCue, "No al racismo en el fútbol")]
    [InlineData(TextSignal.DialectSpelling, "finna go home")]
    [InlineData(TextSignal.DialectSpelling, "I cannae believe it")]
    [InlineData(TextSignal.CodeSwitching, "I was there with them pero ellos estoy seguro que también because why")]
    [InlineData(TextSignal.MixedScript, "please read this сейчас прочитай это")]
    [InlineData(TextSignal.MixedScript, "fu\u0441king awful")]
    [InlineData(TextSignal.Emoji, "nice 🍆")]
    [InlineData(TextSignal.AllCaps, "STOP DOING THAT NOW")]
    [InlineData(TextSignal.Url, "see https://a.example/?q=1")]
    [InlineData(TextSignal.Mention, "hey @some_one")]
    [InlineData(TextSignal.StretchedLetters, "nooo way")]
    [InlineData(TextSignal.MaskedLetters, "what the f*ck")]
    public void Is_seen(TextSignal signal, string text) => Assert.Equal(signal, Read(text) & signal);

    [Theory]
    [InlineData(TextSignal.Quotation, "a 5\" pipe and a 6\" pipe and some more")]
    [InlineData(TextSignal.Quotation, "the so-called \"experts\" again")]
    [InlineData(TextSignal.Quotation, ">:( not happy at all with this")]
    [InlineData(TextSignal.Question, "see https://a.example/?q=1")]
    [InlineData(TextSignal.NewsRegister, "my phone was killed by the rain")]
    [InlineData(TextSignal.MedicalRegister, "she is a pain")]
    [InlineData(TextSignal.GamingRegister, "the boss of my company promoted our team")]
    [InlineData(TextSignal.GamingRegister, "Art. 6 GG ist da eindeutig, dps a gente vê")]
    [InlineData(TextSignal.FictionRegister, "what a story, bro")]
    [InlineData(TextSignal.SarcasmCue, "great plan, I am in")]
    [InlineData(TextSignal.ReclaimedUseCue, "not like us, gays rise up")]
    [InlineData(TextSignal.CounterSpeechCue, "they are racist")]
    [InlineData(TextSignal.DialectSpelling, "dem Mann und dat huis")]
    [InlineData(TextSignal.CodeSwitching, "the only thing that they have is this")]
    [InlineData(TextSignal.MixedScript, "the mass of h = Δt times two")]
    [InlineData(TextSignal.MixedScript, "hello there (ಠ_ಥ) friend")]
    [InlineData(TextSignal.AllCaps, "USA and NATO agreed")]
    [InlineData(TextSignal.AllCaps, "我们都不知道")]
    [InlineData(TextSignal.Mention, "mail me @ home")]
    [InlineData(TextSignal.StretchedLetters, "www.example.com is a good book")]
    [InlineData(TextSignal.MaskedLetters, "3*4 is twelve and *this* is bold")]
    public void Is_not_taken_for_it(TextSignal signal, string text) => Assert.Equal(TextSignal.None, Read(text) & signal);

    [Fact]
    public void Every_signal_has_a_name_of_its_own()
    {
        Assert.Equal(Enum.GetValues<TextSignal>().Where(signal => signal != TextSignal.None), TextSignals.All.Select(signal => signal.Signal));
        Assert.Equal(TextSignals.All.Count, TextSignals.All.Select(signal => signal.Name).Distinct().Count());
    }

    [Fact]
    public void Any_bytes_are_read() =>
        Gen.Byte.Array[0, 200].Sample(bytes => { new TextSignals().Read(bytes); }, iter: 2000);

    [Fact]
    public void A_text_is_read_the_same_after_any_other() =>
        Gen.Select(Gen.String, Gen.String).Sample((before, text) =>
        {
            var reader = new TextSignals();
            reader.Read(Encoding.UTF8.GetBytes(before));
            return reader.Read(Encoding.UTF8.GetBytes(text)) == Read(text);
        }, iter: 500);

    [Fact]
    public void Each_text_of_a_table_has_its_signals() =>
        Assert.Equal([TextSignal.Question, TextSignal.None, TextSignal.Emoji], TextSignals.Of(PackedStrings.From(["what?", "fine", "😀"])));

    private static TextSignal Read(string text) => new TextSignals().Read(Encoding.UTF8.GetBytes(text));
}
