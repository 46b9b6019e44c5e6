using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Moderato.Server.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RecordedNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Store.LogSchema("sqlite.names"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE recorded_names;");
        }
    }
}
