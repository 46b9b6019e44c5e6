using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Moderato.Server.Storage;

public sealed class PostgresState(DbContextOptions<PostgresState> options) : StateContext(options)
{
    /// <summary>For <c>dotnet ef migrations add NAME --context PostgresState</c>.</summary>
    public sealed class Factory : IDesignTimeDbContextFactory<PostgresState>
    {
        public PostgresState CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresState>().UseNpgsql("Host=design").Options);
    }
}
