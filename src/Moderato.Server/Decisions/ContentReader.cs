using System.Text.Json;
using Moderato.Decisions;
using Moderato.Server.Hosting;

namespace Moderato.Server.Decisions;

/// <summary>Reads contents out of JSON, each for itself: one that is wrong says so with its place, and the rest are read.</summary>
public static class ContentReader
{
    private static readonly string[] Fields = ["id", "text", "context", "author", "surface", "language", "time"];

    /// <param name="idWhenAbsent">Gives a content an id that has none.</param>
    public static ReadContent Read(JsonElement json, Func<string> idWhenAbsent)
    {
        var read = new FieldReader(json);
        if (!read.IsObject("a content such as {\"id\": \"c1\", \"text\": \"…\"}", Fields))
        {
            return new ReadContent.Wrong(null, read.Errors);
        }

        string? id = read.Text("id");
        string? text = read.Passage("text");
        var content = new Content
        {
            Id = id ?? idWhenAbsent(),
            Text = text ?? "",
            Context = Context(read),
            Author = read.Text("author"),
            Surface = read.Text("surface"),
            Language = read.Text("language"),
            Time = read.Time("time"),
        };
        if (text is null && !read.Errors.Exists(error => error.Field == "text"))
        {
            read.Errors.Add(new("text", "nothing", "give the text that is to be judged"));
        }

        foreach (var error in ContentErrors.Of(content))
        {
            if (!read.Errors.Exists(said => said.Field == error.Field))
            {
                read.Errors.Add(error);
            }
        }

        return read.Errors.Count == 0 ? new ReadContent.Right(content) : new ReadContent.Wrong(id, read.Errors);
    }

    internal static ContentContext? Context(FieldReader content)
    {
        if (content.Object("context", ["parent", "thread", "title"]) is not { } context)
        {
            return null;
        }

        return new() { Parent = context.Passage("parent"), Thread = context.Passage("thread"), Title = context.Passage("title") };
    }
}

/// <summary>A content, or all that is wrong with it.</summary>
public abstract record ReadContent
{
    private ReadContent()
    {
    }

    public sealed record Right(Content Content) : ReadContent;

    public sealed record Wrong(string? Id, IReadOnlyList<FieldError> Errors) : ReadContent;
}
