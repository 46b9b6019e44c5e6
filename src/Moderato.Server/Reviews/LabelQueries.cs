using Microsoft.EntityFrameworkCore;
using Moderato.Server.Storage;

namespace Moderato.Server.Reviews;

/// <summary>Reads and adds labels; what was withdrawn is none.</summary>
public sealed class LabelQueries(Store store)
{
    /// <returns>One more than asked for where there are more.</returns>
    public async Task<IReadOnlyList<Label>> PageAsync(int workspace, LabelSearch search, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.Labels.AsNoTracking()
            .Where(label => label.Workspace == workspace && label.Id > search.After && label.Withdrawn == null
                && (search.ContentId == null || label.ContentId == search.ContentId)
                && (search.Category == null || label.Category == search.Category)
                && (search.Source == null || label.Source == search.Source))
            .OrderBy(label => label.Id).Take(search.Limit + 1).ToListAsync(cancel);
    }

    /// <summary>Adds those whose contents were decided.</summary>
    /// <returns>The ids of these contents.</returns>
    public async Task<IReadOnlySet<string>> AddAsync(int workspace, IReadOnlyList<Label> labels, CancellationToken cancel)
    {
        var known = new HashSet<string>();
        await using (var connection = await store.OpenAsync(cancel))
        {
            foreach (string content in labels.Select(label => label.ContentId).Distinct())
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT count(*) FROM decisions WHERE workspace = @workspace AND content_id = @content AND revision = 0";
                command.Add("workspace", workspace);
                command.Add("content", content);
                if ((long)(await command.ExecuteScalarAsync(cancel))! > 0)
                {
                    known.Add(content);
                }
            }
        }

        await using var state = store.State();
        state.Labels.AddRange(labels.Where(label => known.Contains(label.ContentId)));
        await state.SaveChangesAsync(cancel);
        return known;
    }
}
