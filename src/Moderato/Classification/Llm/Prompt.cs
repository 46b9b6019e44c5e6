using System.Text;
using Moderato.Policies;

namespace Moderato.Classification.Llm;

/// <param name="Role">As the chat interface names it.</param>
public sealed record PromptMessage(string Role, string Text);

/// <summary>What a model is asked: messages, and the categories that the answer has to be about.</summary>
public sealed record Prompt(IReadOnlyList<PromptMessage> Messages, IReadOnlyList<string> Categories)
{
    /// <summary>The prompts of one content: one, or one for each category where the model judges one rule at a time.</summary>
    /// <param name="categories">What it is asked about; categories that the policy does not define, or that the adapter cannot judge, are left out.</param>
    public static IReadOnlyList<Prompt> Of(Adapter adapter, Policy policy, IEnumerable<string> categories, PromptContent content)
    {
        var asked = policy.Categories.Where(own => categories.Contains(own.Category) && (adapter.Categories?.Contains(own.Category) ?? true)).ToList();
        return asked.Count == 0 ? []
            : adapter.OneCategoryACall ? [.. asked.Select(own => Of(adapter, [own], content))]
            : [Of(adapter, asked, content)];
    }

    private static Prompt Of(Adapter adapter, List<CategoryPolicy> asked, PromptContent content) => new(
        [.. adapter.Messages.Select(message => new PromptMessage(message.Role, Filled(message.Lines, adapter, asked, content)))],
        [.. asked.Select(own => own.Category)]);

    private static string Filled(IReadOnlyList<string> lines, Adapter adapter, List<CategoryPolicy> asked, PromptContent content)
    {
        var shown = lines.Where(line => content.Context is not null || !line.Contains("{{context}}", StringComparison.Ordinal));

        // One pass over the template: what content holds is never looked at for places.
        return AdapterFile.Place().Replace(string.Join('\n', shown), match => match.Groups[1].Value switch
        {
            "policy" => string.Join("\n\n", asked.Select(Rule)),
            "categories" => string.Join(", ", asked.Select(own => own.Category)),
            "category" => asked[0].Category,
            "definition" => Rule(asked[0]),
            "guideline" => adapter.Guidelines.GetValueOrDefault(asked[0].Category) ?? Rule(asked[0]),
            "content" => Harmless(content.Text, adapter),
            "context" => Harmless(content.Context!, adapter),
            "nonce" => content.Nonce,
            _ => match.Value,
        });
    }

    private static string Rule(CategoryPolicy own)
    {
        var rule = new StringBuilder($"## {own.Category}\n{own.Definition}");
        AppendList(rule, "Violates", own.Violates);
        AppendList(rule, "Does not violate", own.DoesNotViolate);
        return rule.ToString();
    }

    private static void AppendList(StringBuilder rule, string heading, IReadOnlyList<string> points)
    {
        if (points.Count > 0)
        {
            rule.Append('\n').Append(heading).Append(':');
            foreach (var point in points)
            {
                rule.Append("\n- ").Append(point);
            }
        }
    }

    /// <summary>A space after the first character of each control token: it reads the same and is markup no more.</summary>
    private static string Harmless(string text, Adapter adapter)
    {
        foreach (var token in adapter.ControlTokens)
        {
            text = text.Replace(token, $"{token[0]} {token[1..]}", StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }
}
