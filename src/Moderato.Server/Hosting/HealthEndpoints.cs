using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Server.Storage;

namespace Moderato.Server.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can decide, and the store answers too.</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().WithTags("Operations");
        health.MapGet("/live", () => TypedResults.Text("live")).WithSummary("The process answers");
        health.MapGet("/ready", Ready).WithSummary("It can decide and keep what it decides");
    }

    private static async Task<Results<ContentHttpResult, Problem>> Ready(Store store, CancellationToken cancel)
    {
        try
        {
            await using var connection = await store.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(cancel);
            return TypedResults.Text("ready");
        }
        catch (System.Data.Common.DbException)
        {
            return Problems.StoreNotRead();
        }
    }
}
