using Moderato.Investigation.Sampling;

namespace Moderato.Tests.Investigation.Sampling;

public sealed class LabellingSessionTests
{
    [Fact]
    public void What_the_sheet_says_already_is_not_asked_again()
    {
        var session = new LabellingSession([1, -1, 0, -1]);

        Assert.Equal(1, session.Next());
        session.Answer(violating: false);
        Assert.Equal(3, session.Next());
        session.Answer(violating: true);
        Assert.Null(session.Next());
        Assert.Equal((4, 2), (session.Labelled, session.Answered));
    }

    [Fact]
    public void Undo_goes_back_answer_by_answer_over_what_was_skipped()
    {
        var session = new LabellingSession([-1, -1, -1]);
        session.Next();
        session.Answer(violating: true);
        session.Next();
        session.Skip();
        session.Next();

        Assert.Equal(1, session.Undo());
        Assert.Equal(0, session.Undo());
        Assert.Null(session.Undo());
        Assert.Equal((0, 0), (session.Labelled, session.Answered));
    }

    [Fact]
    public void An_empty_sheet_asks_nothing() => Assert.Null(new LabellingSession([]).Next());
}
