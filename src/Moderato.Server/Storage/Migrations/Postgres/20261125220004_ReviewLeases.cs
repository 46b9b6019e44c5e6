using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Moderato.Server.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ReviewLeases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Store.LogSchema("postgres.leases"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP INDEX review_items_waiting;
                CREATE INDEX review_items_waiting ON review_items (workspace, time) WHERE state = 0;
                ALTER TABLE review_items DROP COLUMN restricted;
                ALTER TABLE review_items DROP COLUMN lease_until;
                ALTER TABLE review_items DROP COLUMN lease_by;
                """);
        }
    }
}
