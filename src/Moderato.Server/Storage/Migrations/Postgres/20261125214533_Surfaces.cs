using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Moderato.Server.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Surfaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Store.LogSchema("postgres.surfaces"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "surfaces");
        }
    }
}
