using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Moderato.Server.Storage;

public sealed class SqliteState(DbContextOptions<SqliteState> options) : StateContext(options)
{
    /// <summary>For <c>dotnet ef migrations add NAME --context SqliteState</c>.</summary>
    public sealed class Factory : IDesignTimeDbContextFactory<SqliteState>
    {
        public SqliteState CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteState>().UseSqlite("Data Source=design.db").Options);
    }
}
