using Microsoft.EntityFrameworkCore;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>Deletes what shadows said more than <see cref="Kept"/> ago, once an hour: whether to promote one is settled by then.</summary>
public sealed class ShadowRetention(Store store, Shadows shadows, TimeProvider time, ILogger<ShadowRetention> logger)
    : RecurringWork(TimeSpan.FromHours(1), FirstTurn.Later, time, logger)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <returns>How many.</returns>
    internal async Task<int> DeleteOldAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        int deleted = 0;
        foreach (var release in await state.Releases.AsNoTracking().Select(release => new { release.Workspace, release.Id }).ToListAsync(cancel))
        {
            deleted += await shadows.DeleteBeforeAsync(release.Workspace, release.Id, Time.GetUtcNow() - Kept, cancel);
        }

        return deleted;
    }

    protected internal override Task RunAsync(CancellationToken cancel) => DeleteOldAsync(cancel);
}
