// Package rowdiff shows how two sets of rows differ, whatever their order, in the
// form in which dbt shows the outcome of a unit test:
//
//	@@ ,id,name
//	...,...,...      rows that are alike are left out, but for the neighbours of a change
//	   ,2 ,b         alike
//	→  ,3 ,c→d       changed: expected→actual
//	+++,4 ,e         only actual
//	---,5 ,f         only expected
package rowdiff
