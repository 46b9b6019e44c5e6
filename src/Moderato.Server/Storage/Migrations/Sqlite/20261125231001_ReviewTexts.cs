using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Moderato.Server.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReviewTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Store.LogSchema("sqlite.texts"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP INDEX review_items_decided;
                DROP INDEX review_items_waiting;
                CREATE INDEX review_items_waiting ON review_items (workspace, restricted, time, sequence) WHERE state = 0;
                ALTER TABLE review_items DROP COLUMN decided;
                ALTER TABLE review_items DROP COLUMN decided_by;
                ALTER TABLE review_items DROP COLUMN exact;
                """);
        }
    }
}
